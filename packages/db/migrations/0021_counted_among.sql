-- A figure listed what it counts. Now whoever asks sees what it is a share of, too: all that a rate of
-- overrides was counted among, and all decided in time or late. "late" and the disagreements list what
-- their figure, which is of the good ones, leaves. A reason is listed for the outcome that it is counted
-- for: one code may stand behind two, and the list held both. Overrides are listed by score band, too.
drop function insights.cases(text, text, date, date, text, text, text, text, integer, timestamptz, text, integer);
create function insights.cases(
    p_figure text, p_detail text, p_whole boolean, p_from date, p_to date, p_staff text, p_region text, p_provider text,
    p_model text, p_policy integer, p_before timestamptz, p_after_id text, p_limit integer)
  returns setof insights.counted_case language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  return query
  select f.decision_id, f.case_id, f.cycle, v.subject_id, f.decided_at, f.region, f.staff_id, f.outcome
  from insights.fact f
  join app.review_case c on c.id = f.case_id
  join app.verification v on v.id = c.probe_id
  where f.day between p_from and p_to and f.judged
    -- A pair is listed for either of its two people.
    and (p_staff is null or f.staff_id = p_staff or (p_figure = 'disagreed' and exists (
      select from insights.fact o where o.case_id = f.case_id and o.cycle = f.cycle and o.round = 'first' and o.staff_id = p_staff)))
    and insights.fits(f.region, p_region)
    and (p_provider is null or f.provider = p_provider) and (p_model is null or f.model_version = p_model)
    and (p_policy is null or f.policy_version = p_policy)
    and (p_before is null or (f.decided_at, f.decision_id) < (p_before, p_after_id))
    and not exists (select from app.round r where r.case_id = f.case_id and r.state = 'open')
    and case p_figure
      when 'throughput' then true
      when 'handle' then f.handle_ms is not null
      when 'late' then f.in_force and (p_whole or not f.in_time)
      when 'override' then f.in_force and f.answer is not null and f.recommendation in ('same_person', 'different_person')
        and (p_detail is null or f.band = p_detail::smallint)
        and (p_whole or (f.recommendation = 'same_person') <> (f.answer = 'same'))
      when 'cleared' then f.in_force and f.answer is not null and f.recommendation = 'same_person'
        and (p_whole or f.answer = 'different')
      when 'caught' then f.in_force and f.answer is not null and f.recommendation = 'different_person'
        and (p_whole or f.answer = 'same')
      when 'own_override' then f.round = 'first' and f.answer is not null
        and f.recommendation in ('same_person', 'different_person')
        and (p_whole or (f.recommendation = 'same_person') <> (f.answer = 'same'))
      when 'confirmed' then f.in_force and f.answer is not null and (p_detail is null or f.band = p_detail::smallint)
        and (p_whole or f.answer = 'same')
      when 'shift' then f.round = 'first' and f.ratings > 0 and (p_whole or f.amended > 0)
      when 'toward' then f.round = 'first' and f.ratings > 0 and (p_whole or f.toward > 0)
      when 'away' then f.round = 'first' and f.ratings > 0 and (p_whole or f.away > 0)
      when 'disagreed' then f.paired and f.round = 'second' and (p_whole or not f.agreed)
      when 'own_disagreed' then f.paired and (p_whole or not f.agreed)
      when 'outcome' then f.in_force and (p_whole or f.outcome = p_detail)
      when 'reason' then f.in_force
        and (p_whole or (f.outcome = split_part(p_detail, ' ', 1) and f.reasons @> array[split_part(p_detail, ' ', 2)]))
      else false end
  order by f.decided_at desc, f.decision_id desc
  limit p_limit;
end
$$;
alter function insights.cases(text, text, boolean, date, date, text, text, text, text, integer, timestamptz, text, integer)
  owner to secondlook_insights;
revoke all on function insights.cases(text, text, boolean, date, date, text, text, text, text, integer, timestamptz, text, integer)
  from public;
grant execute on function insights.cases(text, text, boolean, date, date, text, text, text, text, integer, timestamptz, text, integer)
  to secondlook_app;

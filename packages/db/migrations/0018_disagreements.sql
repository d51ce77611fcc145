-- The cases behind a person's agreement were those in which they took the second look; the figure counts
-- both. A pair is listed for either of its two people, and a person's own disagreements whichever look
-- was theirs.
create or replace function insights.cases(
    p_figure text, p_detail text, p_from date, p_to date, p_staff text, p_region text, p_provider text, p_model text,
    p_policy integer, p_before timestamptz, p_after_id text, p_limit integer)
  returns setof insights.counted_case language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  return query
  select f.decision_id, f.case_id, f.cycle, v.subject_id, f.decided_at, f.region, f.staff_id, f.outcome
  from insights.fact f
  join app.review_case c on c.id = f.case_id
  join app.verification v on v.id = c.probe_id
  where f.day between p_from and p_to and f.judged
    and (p_staff is null or f.staff_id = p_staff or (p_figure in ('agreement', 'disagreed') and exists (
      select from insights.fact o where o.case_id = f.case_id and o.cycle = f.cycle and o.round = 'first' and o.staff_id = p_staff)))
    and insights.fits(f.region, p_region)
    and (p_provider is null or f.provider = p_provider) and (p_model is null or f.model_version = p_model)
    and (p_policy is null or f.policy_version = p_policy)
    and (p_before is null or (f.decided_at, f.decision_id) < (p_before, p_after_id))
    and not exists (select from app.round r where r.case_id = f.case_id and r.state = 'open')
    and case p_figure
      when 'throughput' then true
      when 'handle' then f.handle_ms is not null
      when 'sla' then f.in_force
      when 'late' then f.in_time = false
      when 'override' then f.in_force and f.answer is not null
        and (f.recommendation, f.answer) in (('same_person', 'different'), ('different_person', 'same'))
      when 'cleared' then f.in_force and f.recommendation = 'same_person' and f.answer = 'different'
      when 'caught' then f.in_force and f.recommendation = 'different_person' and f.answer = 'same'
      when 'own_override' then f.round = 'first' and (f.recommendation, f.answer) in (('same_person', 'different'), ('different_person', 'same'))
      when 'confirmed' then f.in_force and f.answer = 'same' and (p_detail is null or f.band = p_detail::smallint)
      when 'shift' then f.round = 'first' and f.amended > 0
      when 'toward' then f.round = 'first' and f.toward > 0
      when 'agreement' then f.paired and f.round = 'second'
      when 'disagreed' then f.paired and f.round = 'second' and not f.agreed
      when 'own_disagreed' then f.paired and not f.agreed
      when 'outcome' then f.in_force and f.outcome = p_detail
      when 'reason' then f.in_force and f.reasons @> array[p_detail]
      else false end
  order by f.decided_at desc, f.decision_id desc
  limit p_limit;
end
$$;

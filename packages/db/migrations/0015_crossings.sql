-- What people did, where no rollup has what was asked: the facts are added up once, by person and day
-- (grain 'day', without a region and without handle times) and by person, region and month (grain
-- 'month'). By person, region and day at once is five times the rows, each with a histogram.
create or replace function insights.cross_reviewer(p_from date, p_to date, p_staff text, p_region text, p_provider text, p_model text, p_policy integer)
  returns setof insights.by_reviewer language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  return query select case when p.day is null then 'month' else 'day' end, coalesce(p.day, p.month), p.staff_id, p.region,
    sum(p.decisions)::bigint, sum(p.handled)::bigint, sum(p.handle_ms)::bigint, sum(p.bucket_sum)::bigint,
    sum(p.measured)::bigint, sum(p.active_minutes)::bigint, sum(p.cases)::bigint, sum(p.in_time)::bigint,
    sum(p.own_same)::bigint, sum(p.own_cleared)::bigint, sum(p.own_different)::bigint, sum(p.own_caught)::bigint,
    sum(p.own_excluded)::bigint, sum(p.pairs)::bigint, sum(p.agreed)::bigint,
    sum(p.ratings)::bigint, sum(p.amended)::bigint, sum(p.toward)::bigint, sum(p.away)::bigint,
    case when p.day is null then insights.tally(array_agg(p.handle_bucket), 1) end
  from (select *, date_trunc('month', day)::date as month from insights.reviewer_part) p
  where p.day between p_from and p_to and (p_staff is null or p.staff_id = p_staff) and insights.fits(p.region, p_region)
    and (p_provider is null or p.provider = p_provider) and (p_model is null or p.model_version = p_model)
    and (p_policy is null or p.policy_version = p_policy)
  group by grouping sets ((p.day, p.staff_id), (p.month, p.staff_id, p.region));
end
$$;

-- The last 28 days of people's work were read from days, and nearly all that took was to add up the
-- histograms of each. Weeks of a month, which begin on its 1st, 8th, 15th and 22nd, make eight to ten
-- rows of 28; the last of them runs to the month's end, so that months are made of whole ones.
alter table insights.by_reviewer drop constraint by_reviewer_grain_check,
  add check (grain in ('day', 'week of month', 'month'));

-- Without a search path of its own, and without a time zone, so that the planner can put its body in
-- its place.
create function insights.start_of(grain text, day date) returns date language sql immutable as $$
  select case grain
    when 'day' then day
    when 'month' then date_trunc('month', day::timestamp)::date
    else date_trunc('month', day::timestamp)::date + 7 * least(3, (extract(day from day)::integer - 1) / 7)
  end
$$;

-- Adds the facts of these cases (of all where null) to the rollups, or with sign -1 takes them away.
create or replace function insights.count_in(p_cases text[], p_sign integer) returns void language plpgsql
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  insert into insights.by_reviewer as t
  select g.grain, insights.start_of(g.grain, p.day), p.staff_id, p.region,
         p_sign * sum(p.decisions), p_sign * sum(p.handled), p_sign * sum(p.handle_ms), p_sign * sum(p.bucket_sum),
         p_sign * sum(p.measured), p_sign * sum(p.active_minutes), p_sign * sum(p.cases), p_sign * sum(p.in_time),
         p_sign * sum(p.own_same), p_sign * sum(p.own_cleared), p_sign * sum(p.own_different), p_sign * sum(p.own_caught),
         p_sign * sum(p.own_excluded), p_sign * sum(p.pairs), p_sign * sum(p.agreed),
         p_sign * sum(p.ratings), p_sign * sum(p.amended), p_sign * sum(p.toward), p_sign * sum(p.away),
         insights.tally(array_agg(p.handle_bucket), p_sign)
  from insights.reviewer_part p cross join (values ('day'), ('week of month'), ('month')) as g (grain)
  where p_cases is null or p.case_id = any (p_cases)
  group by 1, 2, 3, 4
  on conflict (grain, start, staff_id, region) do update set
    decisions = t.decisions + excluded.decisions, handled = t.handled + excluded.handled,
    handle_ms = t.handle_ms + excluded.handle_ms, bucket_sum = t.bucket_sum + excluded.bucket_sum,
    measured = t.measured + excluded.measured, active_minutes = t.active_minutes + excluded.active_minutes,
    cases = t.cases + excluded.cases, in_time = t.in_time + excluded.in_time,
    own_same = t.own_same + excluded.own_same, own_cleared = t.own_cleared + excluded.own_cleared,
    own_different = t.own_different + excluded.own_different, own_caught = t.own_caught + excluded.own_caught,
    own_excluded = t.own_excluded + excluded.own_excluded, pairs = t.pairs + excluded.pairs,
    agreed = t.agreed + excluded.agreed, ratings = t.ratings + excluded.ratings, amended = t.amended + excluded.amended,
    toward = t.toward + excluded.toward, away = t.away + excluded.away, hist = insights.plus(t.hist, excluded.hist);

  insert into insights.by_reviewer_model as t
  select g.grain, insights.start_of(g.grain, p.day), p.staff_id, p.region,
         p_sign * sum(p.decisions), p_sign * sum(p.handled), p_sign * sum(p.handle_ms), p_sign * sum(p.bucket_sum),
         p_sign * sum(p.measured), p_sign * sum(p.active_minutes), p_sign * sum(p.cases), p_sign * sum(p.in_time),
         p_sign * sum(p.own_same), p_sign * sum(p.own_cleared), p_sign * sum(p.own_different), p_sign * sum(p.own_caught),
         p_sign * sum(p.own_excluded), p_sign * sum(p.pairs), p_sign * sum(p.agreed),
         p_sign * sum(p.ratings), p_sign * sum(p.amended), p_sign * sum(p.toward), p_sign * sum(p.away),
         insights.tally(array_agg(p.handle_bucket), p_sign),
         coalesce(p.provider, ''), coalesce(p.model_version, ''), p.policy_version
  from insights.reviewer_part p cross join (values ('day'), ('month')) as g (grain)
  where p_cases is null or p.case_id = any (p_cases)
  group by 1, 2, 3, 4, p.provider, p.model_version, p.policy_version
  on conflict (provider, model_version, grain, start, staff_id, region, policy_version) do update set
    decisions = t.decisions + excluded.decisions, handled = t.handled + excluded.handled,
    handle_ms = t.handle_ms + excluded.handle_ms, bucket_sum = t.bucket_sum + excluded.bucket_sum,
    measured = t.measured + excluded.measured, active_minutes = t.active_minutes + excluded.active_minutes,
    cases = t.cases + excluded.cases, in_time = t.in_time + excluded.in_time,
    own_same = t.own_same + excluded.own_same, own_cleared = t.own_cleared + excluded.own_cleared,
    own_different = t.own_different + excluded.own_different, own_caught = t.own_caught + excluded.own_caught,
    own_excluded = t.own_excluded + excluded.own_excluded, pairs = t.pairs + excluded.pairs,
    agreed = t.agreed + excluded.agreed, ratings = t.ratings + excluded.ratings, amended = t.amended + excluded.amended,
    toward = t.toward + excluded.toward, away = t.away + excluded.away, hist = insights.plus(t.hist, excluded.hist);

  insert into insights.by_machine as t
  select g.grain, insights.start_of(g.grain, p.day),
         p.provider, p.model_version, p.band, p.region, p.policy_version, p.threshold,
         p_sign * sum(p.rounds), p_sign * sum(p.handled), p_sign * sum(p.handle_ms), p_sign * sum(p.cases), p_sign * sum(p.in_time),
         p_sign * sum(p.said_same), p_sign * sum(p.cleared), p_sign * sum(p.said_different), p_sign * sum(p.caught),
         p_sign * sum(p.said_none), p_sign * sum(p.unresolved), p_sign * sum(p.answered), p_sign * sum(p.same),
         p_sign * sum(p.confirmed_here)
  from insights.machine_part p cross join (values ('day'), ('month')) as g (grain)
  where p_cases is null or p.case_id = any (p_cases)
  group by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (grain, start, provider, model_version, band, region, policy_version, threshold) do update set
    rounds = t.rounds + excluded.rounds, handled = t.handled + excluded.handled, handle_ms = t.handle_ms + excluded.handle_ms,
    cases = t.cases + excluded.cases, in_time = t.in_time + excluded.in_time, said_same = t.said_same + excluded.said_same,
    cleared = t.cleared + excluded.cleared, said_different = t.said_different + excluded.said_different,
    caught = t.caught + excluded.caught, said_none = t.said_none + excluded.said_none,
    unresolved = t.unresolved + excluded.unresolved, answered = t.answered + excluded.answered,
    same = t.same + excluded.same, confirmed_here = t.confirmed_here + excluded.confirmed_here;

  insert into insights.by_pair as t
  select g.grain, insights.start_of(g.grain, p.day),
         p.region, p.first, p.second, p_sign * sum(p.n), p_sign * sum(p.agreed),
         coalesce(p.provider, ''), coalesce(p.model_version, ''), p.policy_version
  from insights.pair_part p cross join (values ('day'), ('month')) as g (grain)
  where p_cases is null or p.case_id = any (p_cases)
  group by 1, 2, 3, 4, 5, 8, 9, 10
  on conflict (grain, start, region, first, second, provider, model_version, policy_version)
    do update set n = t.n + excluded.n, agreed = t.agreed + excluded.agreed;

  insert into insights.by_reason as t
  select g.grain, insights.start_of(g.grain, p.day),
         p.region, p.outcome, p.reason, p_sign * sum(p.n),
         coalesce(p.provider, ''), coalesce(p.model_version, ''), p.policy_version
  from insights.reason_part p cross join (values ('day'), ('month')) as g (grain)
  where p_cases is null or p.case_id = any (p_cases)
  group by 1, 2, 3, 4, 5, 7, 8, 9
  on conflict (grain, start, region, outcome, reason, provider, model_version, policy_version)
    do update set n = t.n + excluded.n;
end
$$;

-- Cells that a correction emptied go, so that the rollups are the same rows as after a rebuild.
create or replace function insights.drop_empty(p_days date[]) returns void language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  starts constant date[] := array(select distinct insights.start_of(g.grain, d.day)
    from unnest(p_days) d (day) cross join (values ('day'), ('week of month'), ('month')) g (grain));
begin
  delete from insights.by_reviewer where grain in ('day', 'week of month', 'month') and start = any (starts) and decisions = 0;
  delete from insights.by_reviewer_model where grain in ('day', 'month') and start = any (starts) and decisions = 0;
  delete from insights.by_machine where grain in ('day', 'month') and start = any (starts) and rounds = 0 and confirmed_here = 0;
  delete from insights.by_pair where grain in ('day', 'month') and start = any (starts) and n = 0;
  delete from insights.by_reason where grain in ('day', 'month') and start = any (starts) and n = 0;
end
$$;

-- What is there already is counted anew from the facts.
delete from insights.by_reviewer;
delete from insights.by_reviewer_model;
delete from insights.by_machine;
delete from insights.by_pair;
delete from insights.by_reason;
select insights.count_in(null, 1);

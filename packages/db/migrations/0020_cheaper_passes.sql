-- A pass of the job took a tenth of what there was for deciding. This makes it cheaper, and changes no figure.

-- Not strict any more: the planner puts no strict function with a case expression in its place, and calling
-- it took a quarter of what making the facts takes.
create or replace function insights.handle_bucket(ms bigint) returns integer language sql immutable as $$
  select case when ms is null then null when ms < 1000 then 0
              else least(64, 1 + floor(ln(ms / 1000.0::float8) / ln(1.125::float8)))::integer end
$$;

-- Strict, so that the first histogram is where the sum begins.
alter function insights.plus(integer[], integer[]) strict;
create aggregate insights.sum_of_histograms(integer[]) (sfunc = insights.plus, stype = integer[]);
alter aggregate insights.sum_of_histograms(integer[]) owner to secondlook_insights;
revoke all on function insights.sum_of_histograms(integer[]) from public;

-- Adds the facts of these cases (of all where null) to the rollups, or with sign -1 takes them away. They
-- are added up by day first, so that each fact is looked at once and not once for every grain.
create or replace function insights.count_in(p_cases text[], p_sign integer) returns void language plpgsql
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  with by_day as materialized (
    select p.day, p.staff_id, p.region,
           p_sign * sum(p.decisions) as decisions, p_sign * sum(p.handled) as handled,
           p_sign * sum(p.handle_ms) as handle_ms, p_sign * sum(p.bucket_sum) as bucket_sum,
           p_sign * sum(p.measured) as measured, p_sign * sum(p.active_minutes) as active_minutes,
           p_sign * sum(p.cases) as cases, p_sign * sum(p.in_time) as in_time, p_sign * sum(p.own_same) as own_same,
           p_sign * sum(p.own_cleared) as own_cleared, p_sign * sum(p.own_different) as own_different,
           p_sign * sum(p.own_caught) as own_caught, p_sign * sum(p.own_excluded) as own_excluded,
           p_sign * sum(p.pairs) as pairs, p_sign * sum(p.agreed) as agreed, p_sign * sum(p.ratings) as ratings,
           p_sign * sum(p.amended) as amended, p_sign * sum(p.toward) as toward, p_sign * sum(p.away) as away,
           insights.tally(array_agg(p.handle_bucket), p_sign) as hist,
           coalesce(p.provider, '') as provider, coalesce(p.model_version, '') as model_version, p.policy_version
    from insights.reviewer_part p
    where p_cases is null or p.case_id = any (p_cases)
    group by p.day, p.staff_id, p.region, p.provider, p.model_version, p.policy_version),
  by_model as (
    insert into insights.by_reviewer_model as t
    select g.grain, insights.start_of(g.grain, p.day), p.staff_id, p.region,
           sum(p.decisions), sum(p.handled), sum(p.handle_ms), sum(p.bucket_sum), sum(p.measured),
           sum(p.active_minutes), sum(p.cases), sum(p.in_time), sum(p.own_same), sum(p.own_cleared),
           sum(p.own_different), sum(p.own_caught), sum(p.own_excluded), sum(p.pairs), sum(p.agreed), sum(p.ratings),
           sum(p.amended), sum(p.toward), sum(p.away), insights.sum_of_histograms(p.hist),
           p.provider, p.model_version, p.policy_version
    from by_day p cross join (values ('day'), ('month')) as g (grain)
    group by 1, 2, 3, 4, p.provider, p.model_version, p.policy_version
    on conflict (provider, model_version, grain, start, staff_id, region, policy_version) do update set
      decisions = t.decisions + excluded.decisions, handled = t.handled + excluded.handled,
      handle_ms = t.handle_ms + excluded.handle_ms, bucket_sum = t.bucket_sum + excluded.bucket_sum,
      measured = t.measured + excluded.measured, active_minutes = t.active_minutes + excluded.active_minutes,
      cases = t.cases + excluded.cases, in_time = t.in_time + excluded.in_time,
      own_same = t.own_same + excluded.own_same, own_cleared = t.own_cleared + excluded.own_cleared,
      own_different = t.own_different + excluded.own_different, own_caught = t.own_caught + excluded.own_caught,
      own_excluded = t.own_excluded + excluded.own_excluded, pairs = t.pairs + excluded.pairs,
      agreed = t.agreed + excluded.agreed, ratings = t.ratings + excluded.ratings,
      amended = t.amended + excluded.amended, toward = t.toward + excluded.toward, away = t.away + excluded.away,
      hist = insights.plus(t.hist, excluded.hist))
  insert into insights.by_reviewer as t
  select g.grain, insights.start_of(g.grain, p.day), p.staff_id, p.region,
         sum(p.decisions), sum(p.handled), sum(p.handle_ms), sum(p.bucket_sum), sum(p.measured),
         sum(p.active_minutes), sum(p.cases), sum(p.in_time), sum(p.own_same), sum(p.own_cleared),
         sum(p.own_different), sum(p.own_caught), sum(p.own_excluded), sum(p.pairs), sum(p.agreed), sum(p.ratings),
         sum(p.amended), sum(p.toward), sum(p.away), insights.sum_of_histograms(p.hist)
  from by_day p cross join (values ('day'), ('week of month'), ('month')) as g (grain)
  group by 1, 2, 3, 4
  on conflict (grain, start, staff_id, region) do update set
    decisions = t.decisions + excluded.decisions, handled = t.handled + excluded.handled,
    handle_ms = t.handle_ms + excluded.handle_ms, bucket_sum = t.bucket_sum + excluded.bucket_sum,
    measured = t.measured + excluded.measured, active_minutes = t.active_minutes + excluded.active_minutes,
    cases = t.cases + excluded.cases, in_time = t.in_time + excluded.in_time,
    own_same = t.own_same + excluded.own_same, own_cleared = t.own_cleared + excluded.own_cleared,
    own_different = t.own_different + excluded.own_different, own_caught = t.own_caught + excluded.own_caught,
    own_excluded = t.own_excluded + excluded.own_excluded, pairs = t.pairs + excluded.pairs,
    agreed = t.agreed + excluded.agreed, ratings = t.ratings + excluded.ratings,
    amended = t.amended + excluded.amended, toward = t.toward + excluded.toward, away = t.away + excluded.away,
    hist = insights.plus(t.hist, excluded.hist);

  insert into insights.by_machine as t
  select g.grain, insights.start_of(g.grain, p.day), p.provider, p.model_version, p.band, p.region, p.policy_version, p.threshold,
         sum(p.rounds), sum(p.handled), sum(p.handle_ms), sum(p.cases), sum(p.in_time), sum(p.said_same),
         sum(p.cleared), sum(p.said_different), sum(p.caught), sum(p.said_none), sum(p.unresolved), sum(p.answered),
         sum(p.same), sum(p.confirmed_here)
  from (select p.day, p.provider, p.model_version, p.band, p.region, p.policy_version, p.threshold,
               p_sign * sum(p.rounds) as rounds, p_sign * sum(p.handled) as handled,
               p_sign * sum(p.handle_ms) as handle_ms, p_sign * sum(p.cases) as cases,
               p_sign * sum(p.in_time) as in_time, p_sign * sum(p.said_same) as said_same,
               p_sign * sum(p.cleared) as cleared, p_sign * sum(p.said_different) as said_different,
               p_sign * sum(p.caught) as caught, p_sign * sum(p.said_none) as said_none,
               p_sign * sum(p.unresolved) as unresolved, p_sign * sum(p.answered) as answered,
               p_sign * sum(p.same) as same, p_sign * sum(p.confirmed_here) as confirmed_here
        from insights.machine_part p
        where p_cases is null or p.case_id = any (p_cases)
        group by 1, 2, 3, 4, 5, 6, 7) p
  cross join (values ('day'), ('month')) as g (grain)
  group by 1, 2, 3, 4, 5, 6, 7, 8
  on conflict (grain, start, provider, model_version, band, region, policy_version, threshold) do update set
    rounds = t.rounds + excluded.rounds, handled = t.handled + excluded.handled,
    handle_ms = t.handle_ms + excluded.handle_ms, cases = t.cases + excluded.cases,
    in_time = t.in_time + excluded.in_time, said_same = t.said_same + excluded.said_same,
    cleared = t.cleared + excluded.cleared, said_different = t.said_different + excluded.said_different,
    caught = t.caught + excluded.caught, said_none = t.said_none + excluded.said_none,
    unresolved = t.unresolved + excluded.unresolved, answered = t.answered + excluded.answered,
    same = t.same + excluded.same, confirmed_here = t.confirmed_here + excluded.confirmed_here;

  insert into insights.by_pair as t
  select g.grain, insights.start_of(g.grain, p.day), p.region, p.first, p.second, sum(p.n), sum(p.agreed),
         p.provider, p.model_version, p.policy_version
  from (select p.day, p.region, p.first, p.second, p_sign * sum(p.n) as n, p_sign * sum(p.agreed) as agreed,
               coalesce(p.provider, '') as provider, coalesce(p.model_version, '') as model_version, p.policy_version
        from insights.pair_part p
        where p_cases is null or p.case_id = any (p_cases)
        group by p.day, p.region, p.first, p.second, p.provider, p.model_version, p.policy_version) p
  cross join (values ('day'), ('month')) as g (grain)
  group by 1, 2, 3, 4, 5, 8, 9, 10
  on conflict (grain, start, region, first, second, provider, model_version, policy_version)
    do update set n = t.n + excluded.n, agreed = t.agreed + excluded.agreed;

  insert into insights.by_reason as t
  select g.grain, insights.start_of(g.grain, p.day), p.region, p.outcome, p.reason, sum(p.n),
         p.provider, p.model_version, p.policy_version
  from (select p.day, p.region, p.outcome, p.reason, p_sign * sum(p.n) as n,
               coalesce(p.provider, '') as provider, coalesce(p.model_version, '') as model_version, p.policy_version
        from insights.reason_part p
        where p_cases is null or p.case_id = any (p_cases)
        group by p.day, p.region, p.outcome, p.reason, p.provider, p.model_version, p.policy_version) p
  cross join (values ('day'), ('month')) as g (grain)
  group by 1, 2, 3, 4, 5, 7, 8, 9
  on conflict (grain, start, region, outcome, reason, provider, model_version, policy_version)
    do update set n = t.n + excluded.n;
end
$$;

-- Nobody looks for a change by its id, and every decision pays for an index.
alter table insights.change drop constraint change_pkey;

-- One pass of the job: takes in what has happened since the last one, all or nothing. `standby` where
-- another server is at it, `unbuilt` before the first build.
create or replace function insights.roll(p_limit integer) returns insights.pass language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  progress  insights.progress;
  started   constant timestamptz := app.now();
  -- Taken with the changes, by one statement: below it everything has ended and is seen.
  below     xid8;
  changes   bigint[];
  arrived   text[];
  decided   text[];
  before    jsonb;
  touched   date[];
begin
  select * into progress from insights.progress for update skip locked;
  if not found then return ('standby', 0, false)::insights.pass; end if;
  if progress.time_zone = '' then return ('unbuilt', 0, false)::insights.pass; end if;
  if progress.watermark > pg_snapshot_xmax(pg_current_snapshot()) then
    -- A database restored into another cluster counts its transactions anew.
    progress.watermark := '0';
  end if;
  with snap as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as w),
  todo as (
    select c.id, c.case_id, c.decision_id from insights.change c
    where c.xid >= progress.watermark and not exists (select from insights.rolled r where r.change_id = c.id)
    order by c.xid, c.id limit p_limit)
  select (select w from snap), array_agg(t.id), array_agg(distinct t.case_id) filter (where t.decision_id is null),
         array_agg(distinct t.case_id) filter (where t.decision_id is not null)
    into below, changes, arrived, decided from todo t;

  if arrived is not null then
    perform insights.count_arrivals(arrived, progress.time_zone);
  end if;
  if decided is not null then
    -- What was counted before, to tell a correction of the past from a case that goes on.
    select jsonb_object_agg(f.decision_id, jsonb_build_array(f.in_force, f.outcome, f.answer, f.recommendation)) filter (where f.judged),
           array_agg(distinct f.day)
      into before, touched from insights.fact f where f.case_id = any (decided);
    if touched is not null then
      perform insights.count_in(decided, -1);
      delete from insights.fact f where f.case_id = any (decided);
    end if;
    insert into insights.fact select * from insights.truth(decided, progress.time_zone);
    perform insights.count_in(decided, 1);
    if touched is not null then
      perform insights.drop_empty(touched);
    end if;
    insert into insights.correction as t (day, decisions, at)
      select w.day, count(*), app.now() from (
        select d.decision_id, (d.decided_at at time zone progress.time_zone)::date as day
        from (select x.key as decision_id, x.value as was, e.decided_at from jsonb_each(before) x
              join app.decision e on e.id = x.key) d
        left join insights.fact f on f.decision_id = d.decision_id
        where f.decision_id is null
           or jsonb_build_array(f.in_force, f.outcome, f.answer, f.recommendation) <> d.was) w
      group by w.day
      on conflict (day) do update set decisions = t.decisions + excluded.decisions, at = excluded.at;
  end if;

  if coalesce(cardinality(changes), 0) < p_limit and below > progress.watermark
     -- With nothing new, the row is written now and then only.
     and (changes is not null or coalesce(progress.current_to < started - interval '5 seconds', true)) then
    -- Everything below has been taken in, so neither the changes nor their marks are needed.
    delete from insights.rolled r using insights.change c where c.id = r.change_id and c.xid < below;
    delete from insights.change c where c.xid < below;
    insert into insights.rolled select c.id from insights.change c where c.id = any (changes);
    update insights.progress set watermark = below, rolled_at = app.now(), current_to = started;
  elsif changes is not null then
    insert into insights.rolled select unnest(changes);
    update insights.progress set rolled_at = app.now();
  end if;
  return ('rolled', coalesce(cardinality(changes), 0), coalesce(cardinality(changes), 0) >= p_limit)::insights.pass;
end
$$;

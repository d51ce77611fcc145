-- A model's year took 20 s at ten million decisions: it was added up from the facts. Rollups now tell
-- models and policy versions apart, so that only what one person did against the machine still is.

-- People's work by model. Beside insights.by_reviewer, and not in its place, for the page opens with
-- everybody's work and would have to read three times the rows. Empty where no model is told: the
-- decision is not judged yet.
create table insights.by_reviewer_model (
  like insights.by_reviewer including all excluding indexes,
  provider       text not null,
  model_version  text not null,
  policy_version integer not null,
  primary key (provider, model_version, grain, start, staff_id, region, policy_version)
);
create index by_reviewer_model_start on insights.by_reviewer_model (grain, start, policy_version);
alter table insights.by_reviewer_model owner to secondlook_insights;
grant select on insights.by_reviewer_model to secondlook_app;

-- These have few rows, and tell models apart themselves.
delete from insights.by_pair;
alter table insights.by_pair
  add column provider text not null, add column model_version text not null, add column policy_version integer not null,
  drop constraint by_pair_pkey,
  add primary key (grain, start, region, first, second, provider, model_version, policy_version);
delete from insights.by_reason;
alter table insights.by_reason
  add column provider text not null, add column model_version text not null, add column policy_version integer not null,
  drop constraint by_reason_pkey,
  add primary key (grain, start, region, outcome, reason, provider, model_version, policy_version);

-- Most buckets of what is added are empty, and to look at one is quicker than to write it.
create or replace function insights.plus(a integer[], b integer[]) returns integer[] language plpgsql immutable as $$
declare
  n integer;
  i integer := 0;
begin
  foreach n in array b loop
    i := i + 1;
    if n <> 0 then
      a[i] := a[i] + n;
    end if;
  end loop;
  return a;
end
$$;

-- What each fact adds to the rollup of machines, by one look at it: its own part, and what was confirmed
-- in whatever band that lies.
create or replace view insights.machine_part as
select f.case_id, f.day, f.staff_id, f.region, f.provider, f.model_version, f.policy_version, f.threshold, k.band,
       k.own as rounds, k.own * (f.handle_ms is not null)::integer as handled, k.own * coalesce(f.handle_ms, 0) as handle_ms,
       k.own * f.in_force::integer as cases, k.own * coalesce(f.in_time, false)::integer as in_time,
       k.own * coalesce(f.in_force and f.answer is not null and f.recommendation = 'same_person', false)::integer as said_same,
       k.own * coalesce(f.in_force and f.answer = 'different' and f.recommendation = 'same_person', false)::integer as cleared,
       k.own * coalesce(f.in_force and f.answer is not null and f.recommendation = 'different_person', false)::integer as said_different,
       k.own * coalesce(f.in_force and f.answer = 'same' and f.recommendation = 'different_person', false)::integer as caught,
       k.own * coalesce(f.in_force and f.recommendation = 'none', false)::integer as said_none,
       k.own * coalesce(f.in_force and f.recommendation <> 'none' and f.answer is null, false)::integer as unresolved,
       k.own * (f.in_force and f.answer is not null)::integer as answered,
       k.own * coalesce(f.in_force and f.answer = 'same', false)::integer as same,
       1 - k.own as confirmed_here
from insights.fact f cross join lateral (values (f.band, 1), (f.confirmed_band, 0)) as k (band, own)
where f.judged and f.provider is not null and (k.own = 1 or (f.in_force and k.band is not null));

-- Adds the facts of these cases (of all where null) to the rollups, or with sign -1 takes them away.
create or replace function insights.count_in(p_cases text[], p_sign integer) returns void language plpgsql
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  insert into insights.by_reviewer as t
  select g.grain, case g.grain when 'day' then p.day else date_trunc('month', p.day)::date end, p.staff_id, p.region,
         p_sign * sum(p.decisions), p_sign * sum(p.handled), p_sign * sum(p.handle_ms), p_sign * sum(p.bucket_sum),
         p_sign * sum(p.measured), p_sign * sum(p.active_minutes), p_sign * sum(p.cases), p_sign * sum(p.in_time),
         p_sign * sum(p.own_same), p_sign * sum(p.own_cleared), p_sign * sum(p.own_different), p_sign * sum(p.own_caught),
         p_sign * sum(p.own_excluded), p_sign * sum(p.pairs), p_sign * sum(p.agreed),
         p_sign * sum(p.ratings), p_sign * sum(p.amended), p_sign * sum(p.toward), p_sign * sum(p.away),
         insights.tally(array_agg(p.handle_bucket), p_sign)
  from insights.reviewer_part p cross join (values ('day'), ('month')) as g (grain)
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
  select g.grain, case g.grain when 'day' then p.day else date_trunc('month', p.day)::date end, p.staff_id, p.region,
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
  select g.grain, case g.grain when 'day' then p.day else date_trunc('month', p.day)::date end,
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
  select g.grain, case g.grain when 'day' then p.day else date_trunc('month', p.day)::date end,
         p.region, p.first, p.second, p_sign * sum(p.n), p_sign * sum(p.agreed),
         coalesce(p.provider, ''), coalesce(p.model_version, ''), p.policy_version
  from insights.pair_part p cross join (values ('day'), ('month')) as g (grain)
  where p_cases is null or p.case_id = any (p_cases)
  group by 1, 2, 3, 4, 5, 8, 9, 10
  on conflict (grain, start, region, first, second, provider, model_version, policy_version)
    do update set n = t.n + excluded.n, agreed = t.agreed + excluded.agreed;

  insert into insights.by_reason as t
  select g.grain, case g.grain when 'day' then p.day else date_trunc('month', p.day)::date end,
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
  starts constant date[] := p_days || array(select date_trunc('month', d)::date from unnest(p_days) d);
begin
  delete from insights.by_reviewer where grain in ('day', 'month') and start = any (starts) and decisions = 0;
  delete from insights.by_reviewer_model where grain in ('day', 'month') and start = any (starts) and decisions = 0;
  delete from insights.by_machine where grain in ('day', 'month') and start = any (starts) and rounds = 0 and confirmed_here = 0;
  delete from insights.by_pair where grain in ('day', 'month') and start = any (starts) and n = 0;
  delete from insights.by_reason where grain in ('day', 'month') and start = any (starts) and n = 0;
end
$$;

-- Makes facts and rollups anew, in this time zone, in one transaction: whoever reads meanwhile reads the
-- old ones. It must be a repeatable-read one: then a change is seen if and only if what it did is in the
-- truth, so those seen are done with and the next pass takes in the others. Fails with 40001 where a pass
-- ended at this very moment: try again. Returns how many decisions there are.
create or replace function insights.rebuild(p_zone text) returns bigint language plpgsql security definer
  set search_path = pg_catalog, pg_temp set work_mem = '256MB' as $$
declare
  facts   bigint;
  started constant timestamptz := app.now();
begin
  if current_setting('transaction_isolation') not in ('repeatable read', 'serializable') then
    raise exception 'insights are rebuilt in a repeatable-read transaction' using errcode = 'SL010';
  end if;
  perform 1 from insights.progress for update;
  delete from insights.by_reviewer;
  delete from insights.by_reviewer_model;
  delete from insights.by_machine;
  delete from insights.by_pair;
  delete from insights.by_reason;
  delete from insights.by_arrival;
  delete from insights.fact;
  insert into insights.fact select * from insights.truth(null, p_zone);
  get diagnostics facts = row_count;
  perform insights.count_in(null, 1);
  perform insights.count_arrivals(null, p_zone);
  delete from insights.rolled;
  delete from insights.change;
  update insights.progress set time_zone = p_zone, rolled_at = app.now(), current_to = started;
  return facts;
end
$$;

drop function insights.cross_reviewer(date, date, text, text, text, text, integer);

-- One function that is not safe in parallel keeps a whole query from it.
alter function insights.fits(text, text) parallel safe;

-- One decision in ten or fewer is one of a pair.
create index fact_paired on insights.fact (staff_id, day) where paired;

-- What one person did against the machine: no rollup holds it. Of all the days asked for at once, as
-- whoever asks adds the days up.
create or replace function insights.cross_machine(p_from date, p_to date, p_staff text, p_region text, p_provider text, p_model text, p_policy integer)
  returns setof insights.by_machine language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  return query select 'day', p_from, p.provider, p.model_version, p.band, p.region, p.policy_version, p.threshold,
    sum(p.rounds)::bigint, sum(p.handled)::bigint, sum(p.handle_ms)::bigint, sum(p.cases)::bigint, sum(p.in_time)::bigint,
    sum(p.said_same)::bigint, sum(p.cleared)::bigint, sum(p.said_different)::bigint, sum(p.caught)::bigint,
    sum(p.said_none)::bigint, sum(p.unresolved)::bigint, sum(p.answered)::bigint, sum(p.same)::bigint, sum(p.confirmed_here)::bigint
  from insights.machine_part p
  where p.day between p_from and p_to and (p_staff is null or p.staff_id = p_staff) and insights.fits(p.region, p_region)
    and (p_provider is null or p.provider = p_provider) and (p_model is null or p.model_version = p_model)
    and (p_policy is null or p.policy_version = p_policy)
  group by p.provider, p.model_version, p.band, p.region, p.policy_version, p.threshold;
end
$$;

create or replace function insights.cross_pair(p_from date, p_to date, p_staff text, p_region text, p_provider text, p_model text, p_policy integer)
  returns setof insights.by_pair language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  -- A pair is found by either of the two people, and lies on the day of the second.
  return query select 'day', p_from, p.region, p.first, p.second, sum(p.n)::bigint, sum(p.agreed)::bigint,
    coalesce(p.provider, ''), coalesce(p.model_version, ''), p.policy_version
  from insights.fact o join insights.pair_part p on p.case_id = o.case_id and p.cycle = o.cycle
  where o.staff_id = p_staff and o.paired and o.round in ('first', 'second') and o.day <= p_to
    and p.day between p_from and p_to and insights.fits(p.region, p_region)
    and (p_provider is null or p.provider = p_provider) and (p_model is null or p.model_version = p_model)
    and (p_policy is null or p.policy_version = p_policy)
  group by p.region, p.first, p.second, p.provider, p.model_version, p.policy_version;
end
$$;

create or replace function insights.cross_reason(p_from date, p_to date, p_staff text, p_region text, p_provider text, p_model text, p_policy integer)
  returns setof insights.by_reason language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  return query select 'day', p_from, p.region, p.outcome, p.reason, sum(p.n)::bigint,
    coalesce(p.provider, ''), coalesce(p.model_version, ''), p.policy_version
  from insights.reason_part p
  where p.day between p_from and p_to and (p_staff is null or p.staff_id = p_staff) and insights.fits(p.region, p_region)
    and (p_provider is null or p.provider = p_provider) and (p_model is null or p.model_version = p_model)
    and (p_policy is null or p.policy_version = p_policy)
  group by p.region, p.outcome, p.reason, p.provider, p.model_version, p.policy_version;
end
$$;

-- What is there already is counted anew from the facts.
delete from insights.by_reviewer;
delete from insights.by_machine;
select insights.count_in(null, 1);

-- The figures that leads read. A job writes one row of facts for each decision that can't be undone any
-- more, and adds it to rollups; requests read the rollups. What the machine said stands in a fact only
-- once the final decision of the same cycle holds, so that no figure tells anything of a case that is
-- still being judged (promise 4), and only as a band. The application reads no fact: rollups, and
-- functions that add facts up or name settled cases.
do $$
begin
  if not exists (select 1 from pg_catalog.pg_roles where rolname = 'secondlook_insights') then
    create role secondlook_insights nologin noinherit;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of this cluster was being migrated at the same moment
end
$$;
grant secondlook_insights to current_user;

create schema insights;
revoke all on schema insights from public;
grant create on schema insights to secondlook_insights;

-- What has happened and may change a figure. Rows are only added, by whatever transaction changes a
-- case: nothing hot is touched there (an upsert of rollup rows cut decisions to 0.42 ×, measured).
create table insights.change (
  id          bigint generated always as identity primary key,
  -- Never supplied: what the job tells new rows by, as the log's sequencer does.
  xid         xid8 not null default pg_current_xact_id(),
  case_id     text not null,
  -- Null where the case arrived.
  decision_id text
);
create index change_xid on insights.change (xid);

-- Changes at or above the watermark that the rollups hold already: a transaction that stays open long
-- keeps the watermark back, and nothing may be counted twice meanwhile.
create table insights.rolled (change_id bigint primary key);

-- One row. Its lock makes one job of many servers'.
create table insights.progress (
  one        boolean primary key default true check (one),
  -- Every transaction below it has ended, and what it changed is in the rollups.
  watermark  xid8 not null default '0',
  -- In which days are reckoned; empty before the first build.
  time_zone  text not null default '',
  rolled_at  timestamptz,
  -- Up to when everything that had happened is in the rollups.
  current_to timestamptz
);
insert into insights.progress default values;

-- One row for each settled decision that stands.
create table insights.fact (
  decision_id    text primary key,
  case_id        text not null,
  cycle          integer not null,
  round          text not null,
  staff_id       text not null,
  region         text not null,
  policy_version integer not null,
  decided_at     timestamptz not null,
  -- In the reporting time zone.
  day            date not null,
  -- From the opening under the lease that it was decided under; null where that is not known.
  handle_ms      bigint,
  handle_bucket  integer,
  -- Minutes with activity from opening the case to deciding it; null where policy does not measure it.
  active_minutes integer,
  -- The final decision of its cycle holds. Everything below is null or false before.
  judged         boolean not null,
  -- It is the decision that holds for its case: the newest cycle's final one.
  in_force       boolean not null,
  outcome        text,
  reasons        text[],
  in_time        boolean,
  provider       text,
  model_version  text,
  -- Asked for by the provider; -1 where it is not disclosed.
  threshold      numeric,
  recommendation text,
  -- Of the best score among the candidates shown; -1 where no score is disclosed.
  band           smallint,
  -- Of the best score among those found the same.
  confirmed_band smallint,
  -- Any found the same, all different, or null: unresolved without a same.
  answer         text,
  -- The other of the first two rounds was decided too.
  paired         boolean not null,
  agreed         boolean,
  first_outcome  text,
  ratings        integer not null,
  amended        integer not null,
  toward         integer not null,
  away           integer not null
);
create index fact_case on insights.fact (case_id);
create index fact_day on insights.fact (day, staff_id);
create index fact_staff on insights.fact (staff_id, day);
create index fact_page on insights.fact (decided_at desc, decision_id);

-- Rollups, by day and, so that a year is as quick as a month, by month.
create table insights.by_reviewer (
  grain          text not null check (grain in ('day', 'month')),
  start          date not null,
  staff_id       text not null,
  region         text not null,
  decisions      bigint not null,
  handled        bigint not null,
  handle_ms      bigint not null,
  bucket_sum     bigint not null,
  measured       bigint not null,
  active_minutes bigint not null,
  cases          bigint not null,
  in_time        bigint not null,
  own_same       bigint not null,
  own_cleared    bigint not null,
  own_different  bigint not null,
  own_caught     bigint not null,
  own_excluded   bigint not null,
  pairs          bigint not null,
  agreed         bigint not null,
  ratings        bigint not null,
  amended        bigint not null,
  toward         bigint not null,
  away           bigint not null,
  -- Handle times by bucket. Integers, as they add up faster than bigints.
  hist           integer[] not null,
  primary key (grain, start, staff_id, region)
);
create table insights.by_machine (
  grain          text not null check (grain in ('day', 'month')),
  start          date not null,
  provider       text not null,
  model_version  text not null,
  band           smallint not null,
  region         text not null,
  policy_version integer not null,
  threshold      numeric not null,
  -- Of all rounds of the cases: what working them took.
  rounds         bigint not null,
  handled        bigint not null,
  handle_ms      bigint not null,
  -- Of decisions that hold.
  cases          bigint not null,
  in_time        bigint not null,
  said_same      bigint not null,
  cleared        bigint not null,
  said_different bigint not null,
  caught         bigint not null,
  said_none      bigint not null,
  unresolved     bigint not null,
  answered       bigint not null,
  same           bigint not null,
  -- Cases whose best confirmed candidate lies in this band, whatever band the case is in.
  confirmed_here bigint not null,
  primary key (grain, start, provider, model_version, band, region, policy_version, threshold)
);
create table insights.by_pair (
  grain   text not null check (grain in ('day', 'month')),
  start   date not null,
  region  text not null,
  first   text not null,
  second  text not null,
  n       bigint not null,
  -- Outcome and the set of `same` are equal.
  agreed  bigint not null,
  primary key (grain, start, region, first, second)
);
create table insights.by_reason (
  grain   text not null check (grain in ('day', 'month')),
  start   date not null,
  region  text not null,
  outcome text not null,
  -- Empty for the cases themselves: one may have several reasons.
  reason  text not null,
  n       bigint not null,
  primary key (grain, start, region, outcome, reason)
);
create table insights.by_arrival (
  grain  text not null check (grain in ('day', 'month')),
  start  date not null,
  region text not null,
  n      bigint not null,
  primary key (grain, start, region)
);
-- Days whose figures changed after they had been counted: a reversal, a decision taken back late.
create table insights.correction (
  day       date primary key,
  decisions bigint not null,
  at        timestamptz not null
);

-- The small functions have no search path of their own, so that the planner can put their bodies in
-- their place; whoever may call them has one.
-- 0: under a second; k: from 1.125^(k-1) s up to 1.125^k s; 64: all that is longer. domain/insights/histogram.
create function insights.handle_bucket(ms bigint) returns integer language sql immutable strict as $$
  select case when ms < 1000 then 0 else least(64, 1 + floor(ln(ms / 1000.0::float8) / ln(1.125::float8)))::integer end
$$;
-- The lower edges of domain/insights/score-bands; a test compares them.
create function insights.score_band(score numeric) returns smallint language sql immutable as $$
  select case when score is null then -1
              else width_bucket(score, array[50, 60, 70, 75, 80, 84, 88, 90, 92, 94, 96, 98, 99]::numeric[]) end::smallint
$$;
create function insights.tally(buckets integer[], sign integer) returns integer[] language plpgsql immutable as $$
declare
  counts integer[] := array_fill(0, array[65]);
  bucket integer;
begin
  foreach bucket in array buckets loop
    if bucket is not null then
      counts[bucket + 1] := counts[bucket + 1] + sign;
    end if;
  end loop;
  return counts;
end
$$;
create function insights.plus(a integer[], b integer[]) returns integer[] language plpgsql immutable as $$
begin
  for i in 1 .. 65 loop
    a[i] := a[i] + b[i];
  end loop;
  return a;
end
$$;

-- What the facts of these cases are now, or of all where null: the definition that rollups rest on.
create function insights.truth(p_cases text[], p_zone text) returns setof insights.fact language plpgsql stable
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  return query with d as materialized (
    select d.id, d.case_id, d.cycle, d.round, d.staff_id, d.outcome, d.reasons, d.policy_version, d.decided_at, c.region, c.due_at,
           (d.decided_at at time zone p_zone)::date as day,
           bool_or(d.is_final) over (partition by d.case_id, d.cycle) as judged,
           d.is_final and row_number() over (
             partition by d.case_id order by d.is_final desc, d.cycle desc, d.undo_until desc, d.id) = 1 as in_force
    from app.decision d join app.review_case c on c.id = d.case_id
    where (p_cases is null or d.case_id = any (p_cases)) and d.settled_at is not null and d.undone_at is null
  ),
  -- Once for each, as it opens the whole policy.
  measuring as materialized (
    select k.policy_version, k.region, app.policy_setting(k.policy_version, k.region, 'measureActivity')::boolean as measured
    from (select distinct policy_version, region from d) k
  ),
  -- What somebody found in one decision, with what the machine had said and the scores that the cycle showed.
  found_in as (
    select d.*, m.provider, m.model_version, coalesce(m.threshold, -1) as threshold, m.recommendation,
           insights.score_band(m.best) as band, f.same,
           case when f.same is not null then 'same' when f.unresolved > 0 then null else 'different' end as answer,
           case when f.same is not null then insights.score_band(f.best) end as confirmed_band
    from d
    left join lateral (
      select r.provider, r.model_version, r.threshold, r.recommendation,
             (select max(s.similarity) from sealed.score s join app.shown_candidate v
                on v.case_id = d.case_id and v.cycle = d.cycle and v.candidate_id = s.candidate_id
              where s.run_id = r.id) as best
      from sealed.matcher_run r where r.case_id = d.case_id and r.cycle <= d.cycle
      order by r.cycle desc, r.place desc limit 1) m on d.judged
    left join lateral (
      select string_agg(f.candidate_id, ' ' order by f.candidate_id) filter (where f.finding = 'same') as same,
             count(*) filter (where f.finding = 'unresolved') as unresolved,
             max(s.similarity) filter (where f.finding = 'same') as best
      from app.finding f left join sealed.score s on s.candidate_id = f.candidate_id
      where f.decision_id = d.id) f on d.judged
  ),
  j as (
    select f.*, f.judged and f.round in ('first', 'second') and count(*) filter (where f.round in ('first', 'second')) over raters = 2 as paired,
           max(f.outcome) filter (where f.round = 'first') over raters as first_outcome,
           min(f.outcome || ' ' || coalesce(f.same, '')) filter (where f.round in ('first', 'second')) over raters
             = max(f.outcome || ' ' || coalesce(f.same, '')) filter (where f.round in ('first', 'second')) over raters as agreed
    from found_in f window raters as (partition by f.case_id, f.cycle)
  )
  select d.id, d.case_id, d.cycle, d.round, d.staff_id, d.region, d.policy_version, d.decided_at, d.day,
         h.ms, insights.handle_bucket(h.ms), a.minutes::integer, d.judged, d.in_force,
         case when d.judged then d.outcome end, case when d.judged then d.reasons end,
         case when d.in_force then d.decided_at <= d.due_at end,
         d.provider, d.model_version, case when d.judged then d.threshold end, d.recommendation,
         case when d.judged then d.band end, d.confirmed_band, case when d.judged then d.answer end,
         d.paired, case when d.paired then d.agreed end, case when d.paired and d.round = 'second' then d.first_outcome end,
         coalesce(g.ratings, 0)::integer, coalesce(g.amended, 0)::integer, coalesce(g.toward, 0)::integer, coalesce(g.away, 0)::integer
  from j d
  left join measuring y on y.policy_version = d.policy_version and y.region = d.region
  left join lateral (
    select r.opened_at, floor(extract(epoch from d.decided_at - r.opened_at) * 1000)::bigint as ms from app.round r
    where r.case_id = d.case_id and r.cycle = d.cycle and r.round = d.round and r.opened_at <= d.decided_at) h on true
  left join lateral (
    -- The minute in which the case was opened belongs to what came before it, so that no minute counts twice.
    -- Deciding is an act, so its own minute counts without a look: a heartbeat may note it later.
    select case when date_trunc('minute', h.opened_at) < date_trunc('minute', d.decided_at)
                then 1 + (select count(*) from app.active_minute m where m.staff_id = d.staff_id
                            and m.minute > h.opened_at and m.minute < date_trunc('minute', d.decided_at))
                else 0 end as minutes) a on y.measured and h.opened_at is not null
  left join lateral (
    select count(*) as ratings, count(*) filter (where l.rating <> s.rating) as amended,
           count(*) filter (where sign(l.rating - s.rating) = e.way) as toward,
           count(*) filter (where sign(l.rating - s.rating) = -e.way) as away
    from (select case d.recommendation when 'same_person' then 1 when 'different_person' then -1 end as way) e
    cross join app.rating s
    cross join lateral (
      select x.rating from app.rating x where x.case_id = s.case_id and x.cycle = s.cycle and x.round = s.round
        and x.staff_id = s.staff_id and x.candidate_id = s.candidate_id order by x.seq desc limit 1) l
    where d.judged and s.case_id = d.case_id and s.cycle = d.cycle and s.round = d.round
      and s.staff_id = d.staff_id and s.seq = 0
      and exists (select from app.reveal v where v.case_id = d.case_id and v.cycle = d.cycle
                    and v.round = d.round and v.staff_id = d.staff_id)) g on true;
end
$$;

-- What each fact adds to each rollup. A person's own decisions and ratings count in first rounds only:
-- later rounds get chosen cases, which nobody else's could be compared with.
create view insights.reviewer_part as
select f.case_id, f.day, f.decided_at, f.staff_id, f.region, f.provider, f.model_version, f.policy_version,
       1 as decisions, (f.handle_ms is not null)::integer as handled, coalesce(f.handle_ms, 0) as handle_ms,
       coalesce(f.handle_bucket, 0) as bucket_sum, f.handle_bucket,
       (f.active_minutes is not null)::integer as measured, coalesce(f.active_minutes, 0) as active_minutes,
       f.in_force::integer as cases, coalesce(f.in_time, false)::integer as in_time,
       coalesce(f.is_first and f.answer is not null and f.recommendation = 'same_person', false)::integer as own_same,
       coalesce(f.is_first and f.answer = 'different' and f.recommendation = 'same_person', false)::integer as own_cleared,
       coalesce(f.is_first and f.answer is not null and f.recommendation = 'different_person', false)::integer as own_different,
       coalesce(f.is_first and f.answer = 'same' and f.recommendation = 'different_person', false)::integer as own_caught,
       (f.is_first and f.judged and (f.answer is null or coalesce(f.recommendation, 'none') = 'none'))::integer as own_excluded,
       f.paired::integer as pairs, coalesce(f.agreed, false)::integer as agreed,
       case when f.is_first then f.ratings else 0 end as ratings, case when f.is_first then f.amended else 0 end as amended,
       case when f.is_first then f.toward else 0 end as toward, case when f.is_first then f.away else 0 end as away
from (select *, round = 'first' as is_first from insights.fact) f;

create view insights.machine_part as
select f.case_id, f.day, f.staff_id, f.region, f.provider, f.model_version, f.policy_version, f.threshold, f.band,
       1 as rounds, (f.handle_ms is not null)::integer as handled, coalesce(f.handle_ms, 0) as handle_ms,
       f.in_force::integer as cases, coalesce(f.in_time, false)::integer as in_time,
       coalesce(f.in_force and f.answer is not null and f.recommendation = 'same_person', false)::integer as said_same,
       coalesce(f.in_force and f.answer = 'different' and f.recommendation = 'same_person', false)::integer as cleared,
       coalesce(f.in_force and f.answer is not null and f.recommendation = 'different_person', false)::integer as said_different,
       coalesce(f.in_force and f.answer = 'same' and f.recommendation = 'different_person', false)::integer as caught,
       coalesce(f.in_force and f.recommendation = 'none', false)::integer as said_none,
       coalesce(f.in_force and f.recommendation <> 'none' and f.answer is null, false)::integer as unresolved,
       (f.in_force and f.answer is not null)::integer as answered,
       coalesce(f.in_force and f.answer = 'same', false)::integer as same,
       0 as confirmed_here
from insights.fact f where f.judged and f.provider is not null
union all
select f.case_id, f.day, f.staff_id, f.region, f.provider, f.model_version, f.policy_version, f.threshold, f.confirmed_band,
       0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
from insights.fact f where f.in_force and f.provider is not null and f.confirmed_band is not null;

create view insights.pair_part as
select f.case_id, f.cycle, f.day, f.staff_id, f.region, f.provider, f.model_version, f.policy_version,
       f.first_outcome as first, f.outcome as second, 1 as n, f.agreed::integer as agreed
from insights.fact f where f.paired and f.round = 'second';

create view insights.reason_part as
select f.case_id, f.day, f.staff_id, f.region, f.provider, f.model_version, f.policy_version, f.outcome, r.reason, 1 as n
from insights.fact f cross join lateral unnest(array[''] || f.reasons) as r (reason) where f.in_force;

-- Adds the facts of these cases (of all where null) to the rollups, or with sign -1 takes them away.
create function insights.count_in(p_cases text[], p_sign integer) returns void language plpgsql
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
         p.region, p.first, p.second, p_sign * sum(p.n), p_sign * sum(p.agreed)
  from insights.pair_part p cross join (values ('day'), ('month')) as g (grain)
  where p_cases is null or p.case_id = any (p_cases)
  group by 1, 2, 3, 4, 5
  on conflict (grain, start, region, first, second) do update set n = t.n + excluded.n, agreed = t.agreed + excluded.agreed;

  insert into insights.by_reason as t
  select g.grain, case g.grain when 'day' then p.day else date_trunc('month', p.day)::date end,
         p.region, p.outcome, p.reason, p_sign * sum(p.n)
  from insights.reason_part p cross join (values ('day'), ('month')) as g (grain)
  where p_cases is null or p.case_id = any (p_cases)
  group by 1, 2, 3, 4, 5
  on conflict (grain, start, region, outcome, reason) do update set n = t.n + excluded.n;
end
$$;

-- Cells that a correction emptied go, so that the rollups are the same rows as after a rebuild.
create function insights.drop_empty(p_days date[]) returns void language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  starts constant date[] := p_days || array(select date_trunc('month', d)::date from unnest(p_days) d);
begin
  delete from insights.by_reviewer where grain in ('day', 'month') and start = any (starts) and decisions = 0;
  delete from insights.by_machine where grain in ('day', 'month') and start = any (starts) and rounds = 0 and confirmed_here = 0;
  delete from insights.by_pair where grain in ('day', 'month') and start = any (starts) and n = 0;
  delete from insights.by_reason where grain in ('day', 'month') and start = any (starts) and n = 0;
end
$$;

create function insights.count_arrivals(p_cases text[], p_zone text) returns void language plpgsql
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  insert into insights.by_arrival as t
  select g.grain, case g.grain when 'day' then c.day else date_trunc('month', c.day)::date end, c.region, count(*)
  from (select (k.received_at at time zone p_zone)::date as day, k.region from app.review_case k
        where p_cases is null or k.id = any (p_cases)) c
  cross join (values ('day'), ('month')) as g (grain)
  group by 1, 2, 3
  on conflict (grain, start, region) do update set n = t.n + excluded.n;
end
$$;

create type insights.pass as (state text, changes integer, more boolean);

-- One pass of the job: takes in what has happened since the last one, all or nothing. `standby` where
-- another server is at it, `unbuilt` before the first build.
create function insights.roll(p_limit integer) returns insights.pass language plpgsql security definer
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

  if changes is not null then
    insert into insights.rolled select unnest(changes);
  end if;
  if coalesce(cardinality(changes), 0) < p_limit and below > progress.watermark
     -- With nothing new, the row is written now and then only.
     and (changes is not null or coalesce(progress.current_to < started - interval '5 seconds', true)) then
    -- Everything below has been taken in, so neither the changes nor their marks are needed.
    delete from insights.rolled r using insights.change c where c.id = r.change_id and c.xid < below;
    delete from insights.change c where c.xid < below;
    update insights.progress set watermark = below, rolled_at = app.now(), current_to = started;
  elsif changes is not null then
    update insights.progress set rolled_at = app.now();
  end if;
  return ('rolled', coalesce(cardinality(changes), 0), coalesce(cardinality(changes), 0) >= p_limit)::insights.pass;
end
$$;

-- Makes facts and rollups anew, in this time zone, in one transaction: whoever reads meanwhile reads the
-- old ones. It must be a repeatable-read one: then a change is seen if and only if what it did is in the
-- truth, so those seen are done with and the next pass takes in the others. Fails with 40001 where a pass
-- ended at this very moment: try again. Returns how many decisions there are.
create function insights.rebuild(p_zone text) returns bigint language plpgsql security definer
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

-- Crossings that no rollup has, added up from the facts, a row a day and cell. Null means every one; a
-- country takes in its subdivisions.
create function insights.fits(region text, wanted text) returns boolean language sql immutable as $$
  select wanted is null or region = wanted or split_part(region, '-', 1) = wanted
$$;

create function insights.cross_reviewer(p_from date, p_to date, p_staff text, p_region text, p_provider text, p_model text, p_policy integer)
  returns setof insights.by_reviewer language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  return query select 'day', p.day, p.staff_id, p.region,
    sum(p.decisions)::bigint, sum(p.handled)::bigint, sum(p.handle_ms)::bigint, sum(p.bucket_sum)::bigint,
    sum(p.measured)::bigint, sum(p.active_minutes)::bigint, sum(p.cases)::bigint, sum(p.in_time)::bigint,
    sum(p.own_same)::bigint, sum(p.own_cleared)::bigint, sum(p.own_different)::bigint, sum(p.own_caught)::bigint,
    sum(p.own_excluded)::bigint, sum(p.pairs)::bigint, sum(p.agreed)::bigint,
    sum(p.ratings)::bigint, sum(p.amended)::bigint, sum(p.toward)::bigint, sum(p.away)::bigint,
    insights.tally(array_agg(p.handle_bucket), 1)
  from insights.reviewer_part p
  where p.day between p_from and p_to and (p_staff is null or p.staff_id = p_staff) and insights.fits(p.region, p_region)
    and (p_provider is null or p.provider = p_provider) and (p_model is null or p.model_version = p_model)
    and (p_policy is null or p.policy_version = p_policy)
  group by p.day, p.staff_id, p.region;
end
$$;

create function insights.cross_machine(p_from date, p_to date, p_staff text, p_region text, p_provider text, p_model text, p_policy integer)
  returns setof insights.by_machine language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  return query select 'day', p.day, p.provider, p.model_version, p.band, p.region, p.policy_version, p.threshold,
    sum(p.rounds)::bigint, sum(p.handled)::bigint, sum(p.handle_ms)::bigint, sum(p.cases)::bigint, sum(p.in_time)::bigint,
    sum(p.said_same)::bigint, sum(p.cleared)::bigint, sum(p.said_different)::bigint, sum(p.caught)::bigint,
    sum(p.said_none)::bigint, sum(p.unresolved)::bigint, sum(p.answered)::bigint, sum(p.same)::bigint, sum(p.confirmed_here)::bigint
  from insights.machine_part p
  where p.day between p_from and p_to and (p_staff is null or p.staff_id = p_staff) and insights.fits(p.region, p_region)
    and (p_provider is null or p.provider = p_provider) and (p_model is null or p.model_version = p_model)
    and (p_policy is null or p.policy_version = p_policy)
  group by p.day, p.provider, p.model_version, p.band, p.region, p.policy_version, p.threshold;
end
$$;

create function insights.cross_pair(p_from date, p_to date, p_staff text, p_region text, p_provider text, p_model text, p_policy integer)
  returns setof insights.by_pair language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  -- A pair is found by either of the two people.
  return query select 'day', p.day, p.region, p.first, p.second, sum(p.n)::bigint, sum(p.agreed)::bigint
  from insights.pair_part p
  where p.day between p_from and p_to and insights.fits(p.region, p_region)
    and (p_staff is null or p.staff_id = p_staff or exists (
      select from insights.fact o where o.case_id = p.case_id and o.cycle = p.cycle and o.round = 'first' and o.staff_id = p_staff))
    and (p_provider is null or p.provider = p_provider) and (p_model is null or p.model_version = p_model)
    and (p_policy is null or p.policy_version = p_policy)
  group by p.day, p.region, p.first, p.second;
end
$$;

create function insights.cross_reason(p_from date, p_to date, p_staff text, p_region text, p_provider text, p_model text, p_policy integer)
  returns setof insights.by_reason language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off as $$
begin
  return query select 'day', p.day, p.region, p.outcome, p.reason, sum(p.n)::bigint
  from insights.reason_part p
  where p.day between p_from and p_to and (p_staff is null or p.staff_id = p_staff) and insights.fits(p.region, p_region)
    and (p_provider is null or p.provider = p_provider) and (p_model is null or p.model_version = p_model)
    and (p_policy is null or p.policy_version = p_policy)
  group by p.day, p.region, p.outcome, p.reason;
end
$$;

-- The cases behind a figure, the newest first: settled ones that nobody is judging again, so that a list
-- tells nothing of a case under review. Of what the machine said no more than the figure itself says.
create type insights.counted_case as (
  decision_id text, case_id text, cycle integer, subject_id text, decided_at timestamptz, region text, staff_id text, outcome text);

create function insights.cases(
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
    and (p_staff is null or f.staff_id = p_staff) and insights.fits(f.region, p_region)
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
      when 'outcome' then f.in_force and f.outcome = p_detail
      when 'reason' then f.in_force and f.reasons @> array[p_detail]
      else false end
  order by f.decided_at desc, f.decision_id desc
  limit p_limit;
end
$$;

create function insights.note_decision() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  insert into insights.change (case_id, decision_id) values (new.case_id, new.id);
  return null;
end
$$;
create function insights.note_arrival() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  insert into insights.change (case_id) values (new.id);
  return null;
end
$$;
-- Deciding itself writes nothing here: a decision counts once it is settled.
create trigger insights_settled after update of settled_at, undone_at on app.decision for each row
  when (new.settled_at is distinct from old.settled_at
        or (new.settled_at is not null and new.undone_at is distinct from old.undone_at))
  execute function insights.note_decision();
create trigger insights_inserted after insert on app.decision for each row
  when (new.settled_at is not null) execute function insights.note_decision();
create trigger insights_arrived after insert on app.review_case for each row execute function insights.note_arrival();

do $$
declare
  item record;
begin
  for item in select c.oid::regclass as name, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'insights' and c.relkind in ('r', 'v') loop
    execute format('alter %s %s owner to secondlook_insights', case item.relkind when 'v' then 'view' else 'table' end, item.name);
  end loop;
  for item in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
              where n.nspname = 'insights' loop
    execute format('alter function %s owner to secondlook_insights', item.name);
    execute format('revoke all on function %s from public', item.name);
  end loop;
end
$$;
alter type insights.pass owner to secondlook_insights;
alter type insights.counted_case owner to secondlook_insights;
alter schema insights owner to secondlook_insights;

grant usage on schema app, sealed to secondlook_insights;
grant select on app.review_case, app.verification, app.decision, app.finding, app.round, app.rating, app.reveal,
  app.active_minute, app.shown_candidate, app.policy to secondlook_insights;
grant select on sealed.matcher_run, sealed.score to secondlook_insights;
grant execute on function app.now(), app.policy_setting(integer, text, text) to secondlook_insights;

grant usage on schema insights to secondlook_app;
grant select on insights.by_reviewer, insights.by_machine, insights.by_pair, insights.by_reason, insights.by_arrival,
  insights.correction, insights.progress to secondlook_app;
grant execute on function insights.roll(integer), insights.rebuild(text), insights.fits(text, text),
  insights.cross_reviewer(date, date, text, text, text, text, integer),
  insights.cross_machine(date, date, text, text, text, text, integer),
  insights.cross_pair(date, date, text, text, text, text, integer),
  insights.cross_reason(date, date, text, text, text, text, integer),
  insights.cases(text, text, date, date, text, text, text, text, integer, timestamptz, text, integer) to secondlook_app;

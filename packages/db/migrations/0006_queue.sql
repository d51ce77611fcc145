-- How a round is claimed. A function, because its plans are then made once a connection: to plan this
-- takes several times longer than to run it.

-- Whether a case is routed to a reviewer: `routesTo` of domain/queue/routing, against which a test
-- holds it. Null regions or languages mean every one; the planner puts the body in its place.
create function app.route_fits(region text, languages text[], skills text[],
                               own_regions text[], own_languages text[], own_skills text[]) returns boolean
  language sql immutable as $$
  select (own_regions is null or region = any(own_regions) or split_part(region, '-', 1) = any(own_regions))
    and (own_languages is null or languages = '{}' or languages && own_languages)
    and skills <@ own_skills
$$;

create type app.claimed as (
  case_id text, cycle integer, round text, fence bigint, lease_kind text, opened_at timestamptz,
  lease_until timestamptz, hard_until timestamptz, route_id integer, stage_rank smallint, priority smallint,
  due_at timestamptz, region text, policy_version integer, probe_id text, probe_subject_id text,
  former_holder text, former_fence bigint
);

-- Where the queue begins, stage by stage: the newest row counts. Before its place there is no open round
-- but those of the cases `behind` and those that were put there by transactions from `since` on. Without
-- it a claim would pass over every round decided before it, for as long as some snapshot elsewhere keeps
-- Postgres from removing them. Rows are only added, and the newest is found first, so they don't suffer
-- from that themselves. It saves work and decides nothing: a claim that finds nothing looks again without.
create table app.queue_front (
  id         bigint generated always as identity primary key,
  stage_rank smallint not null,
  priority   smallint not null,
  due_at     timestamptz not null,
  case_id    text not null,
  behind     text[] not null,
  since      xid8 not null,
  -- The newest fencing number when it was made.
  fence      bigint not null
);
create index queue_front_newest on app.queue_front (stage_rank, id);

-- After how many claims the queue's beginning is looked for again; a test may put 1 in its place.
create function app.front_step() returns integer language sql immutable as $$ select 64 $$;

-- A round that comes back into the order, or takes another place in it, counts as put there now.
create function app.requeue() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.queued_in := pg_current_xact_id();
  return new;
end
$$;
create trigger requeue before update of state, stage_rank, priority, due_at on app.round for each row
  when (new.state = 'open' and (old.state, old.stage_rank, old.priority, old.due_at)
        is distinct from (new.state, new.stage_rank, new.priority, new.due_at))
  execute function app.requeue();

-- Looks for the queue's new beginning in one stage: the first round from the old one on that can be
-- claimed. What lies before it is kept as `behind`.
create function app.move_front(front app.queue_front, newest_fence bigint, moment timestamptz) returns void
  language plpgsql set search_path = pg_catalog set jit = off set enable_bitmapscan = off as $$
declare
  enough constant integer := 100;
  -- Taken before anything is looked at: what the statements below don't see is of this or a later one.
  since  constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
  behind text[];
  first_priority smallint;
  first_due_at   timestamptz;
  first_case_id  text;
  ahead  record;
begin
  select coalesce(array_agg(r.case_id), '{}') into behind
    from (select unnest(front.behind) as case_id
          union
          select a.case_id from app.round a
          where front.priority >= 0 and a.state = 'open' and a.stage_rank = front.stage_rank and a.queued_in >= front.since) as known
    cross join lateral (select * from app.round o where o.case_id = known.case_id and o.state = 'open' offset 0) as r
    where r.stage_rank = front.stage_rank
      and (r.priority, r.due_at, r.case_id) < (front.priority, front.due_at, front.case_id);
  if cardinality(behind) > enough then
    -- Too many to keep apart: begin at the first of them that can be claimed, if there is one.
    select r.priority, r.due_at, r.case_id into first_priority, first_due_at, first_case_id
      from unnest(behind) as known (case_id)
      cross join lateral (select * from app.round o where o.case_id = known.case_id and o.state = 'open' offset 0) as r
      where r.claimable_at <= moment order by r.priority, r.due_at, r.case_id limit 1;
    if found then
      select coalesce(array_agg(r.case_id), '{}') into behind
        from unnest(behind) as known (case_id)
        cross join lateral (select * from app.round o where o.case_id = known.case_id and o.state = 'open' offset 0) as r
        where (r.priority, r.due_at, r.case_id) < (first_priority, first_due_at, first_case_id);
    end if;
  end if;
  if first_case_id is null then
    for ahead in
      select r.priority, r.due_at, r.case_id, r.claimable_at from app.round r
      where r.state = 'open' and r.stage_rank = front.stage_rank
        and (r.priority, r.due_at, r.case_id) >= (front.priority, front.due_at, front.case_id)
      -- The limit is never reached, but without one the planner would sort them all.
      order by r.priority, r.due_at, r.case_id limit 1000
    loop
      if ahead.claimable_at <= moment or cardinality(behind) > 2 * enough then
        first_priority := ahead.priority;
        first_due_at := ahead.due_at;
        first_case_id := ahead.case_id;
        exit;
      end if;
      behind := behind || ahead.case_id;
    end loop;
  end if;
  insert into app.queue_front (stage_rank, priority, due_at, case_id, behind, since, fence)
    -- Without a round to begin at, past everything.
    values (front.stage_rank, coalesce(first_priority, 32767), coalesce(first_due_at, 'infinity'),
            coalesce(first_case_id, ''), behind, since, newest_fence);
  delete from app.queue_front f where f.id in (
    select o.id from app.queue_front o where o.stage_rank = front.stage_rank and o.id < front.id for update skip locked);
end
$$;

-- Gives a person the lease on the most urgent round that they may work (by stage, priority, due time),
-- of the ranks from `first_rank` on, and more urgent than (before_rank, before_priority). One row or none.
--
-- The queue is gone through in its own order, where the next round that fits is near for who is reached
-- by a good part of the routes. For who is reached by few of many, each route and stage is one index
-- range: its head is probed, and the best head is taken. So the answer takes the same time whether one
-- matches everything, one case in a thousand or nothing. Rounds that another claim holds at this moment
-- are passed over. A lease that ran out is no more than an earlier `claimable_at`; whose it was is
-- returned. `thorough` looks from the very beginning, whatever `app.queue_front` says.
--
-- The first claim of a cycle pins the policy in force, and with it the candidates shown.
create function app.claim_round(
    claimer text, kind text, first_rank smallint, own_regions text[], own_languages text[], own_skills text[],
    before_rank smallint, before_priority smallint, thorough boolean)
  returns setof app.claimed
  language plpgsql
  set search_path = pg_catalog
  -- Compiling the plan would take longer than running it; and a bitmap scan, to which old statistics
  -- may lead, would read and sort every case that waits.
  set jit = off set enable_bitmapscan = off
as $$
declare
  far_enough    constant integer := 1000;
  many_arrivals constant integer := 2000;
  moment        constant timestamptz := app.now();
  reach         integer[];
  routes        integer;
  front         app.queue_front;
  early         text[];
  arrived       integer;
  passed        integer;
  gave_up       boolean := false;
  below         smallint;
  ahead         record;
  taken         record;
  is_taken      boolean := false;
  found_case    app.review_case;
  new_fence     bigint;
begin
  select array_agg(t.id) filter (where app.route_fits(t.region, t.languages, t.skills, own_regions, own_languages, own_skills)),
         count(*) into reach, routes from app.route t;
  if reach is null then
    return;
  end if;

  if cardinality(reach) * 32 >= routes then
    for rank in first_rank .. least(before_rank, 2) loop
      below := case when rank = before_rank then before_priority else 32767 end;
      passed := 0;
      early := '{}';
      arrived := 0;
      select * into front from app.queue_front f where f.stage_rank = rank order by f.id desc limit 1;
      if found and not thorough then
        select count(*), coalesce(array_agg(a.case_id) filter (
                 where (a.priority, a.due_at, a.case_id) < (front.priority, front.due_at, front.case_id)), '{}')
          into arrived, early
          from (select r.priority, r.due_at, r.case_id from app.round r
                where r.state = 'open' and r.stage_rank = rank and r.queued_in >= front.since
                order by r.queued_in limit many_arrivals) a;
      end if;
      -- A database restored elsewhere counts its transactions anew.
      if front.id is null or thorough or arrived >= many_arrivals
         or front.since > pg_snapshot_xmax(pg_current_snapshot()) then
        front := row (coalesce(front.id, 0), rank, -1, '-infinity', '', '{}', '0', 0);
        early := '{}';
      end if;
      -- The first part lies before the second, so the order is one.
      for ahead in
        (select r.case_id, r.cycle, r.round, r.route_id
         from (select distinct unnest(front.behind || early) as case_id) as known
         cross join lateral (select * from app.round o where o.case_id = known.case_id and o.state = 'open' offset 0) as r
         where r.stage_rank = rank and (r.priority, r.due_at, r.case_id) < (front.priority, front.due_at, front.case_id)
           and r.priority < below and r.claimable_at <= moment
         order by r.priority, r.due_at, r.case_id)
        union all
        (select r.case_id, r.cycle, r.round, r.route_id from app.round r
         where r.state = 'open' and r.stage_rank = rank
           and (r.priority, r.due_at, r.case_id) >= (front.priority, front.due_at, front.case_id)
           and r.priority < below and r.claimable_at <= moment
         order by r.priority, r.due_at, r.case_id limit far_enough)
      loop
        passed := passed + 1;
        continue when ahead.route_id <> all (reach);
        select r.case_id, r.cycle, r.round, r.holder, r.fence into taken from app.round r
          where r.case_id = ahead.case_id and r.cycle = ahead.cycle and r.round = ahead.round
            and r.state = 'open' and r.claimable_at <= moment
            and not exists (select from app.involvement i where i.case_id = r.case_id and i.staff_id = claimer
                              and (i.cycle, i.round) <> (r.cycle, r.round) offset 0)
            and not exists (select from app.skip k where k.case_id = r.case_id and k.staff_id = claimer
                              and k.until > moment offset 0)
          for no key update skip locked;
        is_taken := found;
        exit when is_taken;
      end loop;
      gave_up := not is_taken and passed >= far_enough;
      exit when is_taken or gave_up;
    end loop;
    if not is_taken and not gave_up then
      return;
    end if;
  end if;

  if not is_taken then
    front := null;
    -- `offset 0` keeps the planner from turning a probe into a join over all rows.
    select l.* into taken from (
      select m.id, s.rank from unnest(reach) as m (id) cross join generate_series(first_rank, least(before_rank, 2)) as s (rank)
      cross join lateral (
        select r.priority, r.due_at, r.case_id from app.round r
        where r.state = 'open' and r.route_id = m.id and r.stage_rank = s.rank
          and r.priority < case when s.rank = before_rank then before_priority else 32767 end
          and r.claimable_at <= moment
          and not exists (select from app.involvement i where i.case_id = r.case_id and i.staff_id = claimer
                            and (i.cycle, i.round) <> (r.cycle, r.round) offset 0)
          and not exists (select from app.skip k where k.case_id = r.case_id and k.staff_id = claimer
                            and k.until > moment offset 0)
        order by r.priority, r.due_at, r.case_id limit 1) as h
      -- Further heads, where other claims hold all that is left of a better range.
      order by s.rank, h.priority, h.due_at, h.case_id limit 8) as m
    cross join lateral (
      select r.case_id, r.cycle, r.round, r.holder, r.fence from app.round r
      where r.state = 'open' and r.route_id = m.id and r.stage_rank = m.rank
        and r.priority < case when m.rank = before_rank then before_priority else 32767 end
        and r.claimable_at <= moment
        and not exists (select from app.involvement i where i.case_id = r.case_id and i.staff_id = claimer
                          and (i.cycle, i.round) <> (r.cycle, r.round) offset 0)
        and not exists (select from app.skip k where k.case_id = r.case_id and k.staff_id = claimer
                          and k.until > moment offset 0)
      order by r.priority, r.due_at, r.case_id limit 1 for no key update skip locked) as l
    limit 1;
    if not found then
      return;
    end if;
  end if;

  select * into strict found_case from app.review_case c where c.id = taken.case_id;
  if found_case.policy_version is null then
    select p.version into strict found_case.policy_version from app.policy p
      where p.starts_at <= moment order by p.version desc limit 1;
    update app.review_case c set policy_version = found_case.policy_version where c.id = taken.case_id;
    perform sealed.pin_shown(taken.case_id, taken.cycle);
  end if;

  new_fence := nextval('app.fence');
  if front.fence is not null and new_fence - front.fence >= app.front_step() then
    perform app.move_front(front, new_fence, moment);
  end if;

  return query
    with times as materialized (
      select moment + make_interval(secs => app.policy_setting(found_case.policy_version, found_case.region, 'leaseSeconds')::integer) as lease_end,
             case when kind = 'active' then moment + make_interval(mins =>
               app.policy_setting(found_case.policy_version, found_case.region, 'hardCapMinutes')::integer) end as hard_end)
    update app.round r
    set holder = claimer, lease_kind = kind, fence = new_fence,
        claimable_at = least(times.lease_end, times.hard_end), hard_until = times.hard_end,
        opened_at = case when kind = 'active' then moment end
    from times, app.verification v
    where r.case_id = taken.case_id and r.cycle = taken.cycle and r.round = taken.round
      and v.id = found_case.probe_id
    returning r.case_id, r.cycle, r.round, r.fence, r.lease_kind, r.opened_at, r.claimable_at, r.hard_until,
              r.route_id, r.stage_rank, r.priority, r.due_at, found_case.region, found_case.policy_version,
              found_case.probe_id, v.subject_id, taken.holder, taken.fence;
end
$$;

-- `for update` asks for the right to update; nothing does.
grant select, insert, delete, update (fence) on app.queue_front to secondlook_app;
revoke all on function app.requeue(), app.front_step(), app.move_front(app.queue_front, bigint, timestamptz) from public;
grant execute on function app.front_step(), app.move_front(app.queue_front, bigint, timestamptz) to secondlook_app;
revoke all on function app.route_fits(text, text[], text[], text[], text[], text[]),
  app.claim_round(text, text, smallint, text[], text[], text[], smallint, smallint, boolean) from public;
grant execute on function app.route_fits(text, text[], text[], text[], text[], text[]),
  app.claim_round(text, text, smallint, text[], text[], text[], smallint, smallint, boolean) to secondlook_app;

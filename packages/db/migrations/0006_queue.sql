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

-- Gives a person the lease on the most urgent round that they may work (by stage, priority, due time),
-- of the ranks from `first_rank` on, and more urgent than (before_rank, before_priority). One row or none.
--
-- Who is reached by few routes: each route and stage is one index range, whose head is probed, and the
-- best head is taken. Who is reached by many: the queue is gone through in its own order, where the
-- next round that fits is near; should the first thousand not fit, the heads are probed after all. So
-- the answer takes the same time whether one matches everything, one case in a thousand or nothing.
-- Rounds that another claim holds at this moment are passed over. A lease that ran out is no more than
-- an earlier `claimable_at`; whose it was is returned.
--
-- The first claim of a cycle pins the policy in force, and with it the candidates shown.
create function app.claim_round(
    claimer text, kind text, first_rank smallint, own_regions text[], own_languages text[], own_skills text[],
    before_rank smallint default 32767, before_priority smallint default 32767)
  returns setof app.claimed
  language plpgsql
  set search_path = pg_catalog
  -- Compiling the plan would take longer than running it; and a bitmap scan, to which old statistics
  -- may lead, would read and sort every case that waits.
  set jit = off set enable_bitmapscan = off
as $$
declare
  few_routes constant integer := 32;
  far_enough constant integer := 1000;
  moment     constant timestamptz := app.now();
  reach      integer[];
  ahead      record;
  passed     integer := 0;
  taken      record;
  found_case app.review_case;
begin
  select array_agg(t.id) into reach from app.route t
    where app.route_fits(t.region, t.languages, t.skills, own_regions, own_languages, own_skills);
  if reach is null then
    return;
  end if;

  if cardinality(reach) > few_routes then
    for ahead in
      select r.case_id, r.cycle, r.round, r.route_id from app.round r
      where r.state = 'open' and r.stage_rank >= first_rank
        and (r.stage_rank, r.priority) < (before_rank, before_priority) and r.claimable_at <= moment
      order by r.stage_rank, r.priority, r.due_at, r.case_id limit far_enough
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
      exit when found;
    end loop;
    if taken is null and passed < far_enough then
      return;
    end if;
  end if;

  if taken is null then
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
    if taken is null then
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

  return query
    with times as materialized (
      select moment + make_interval(secs => app.policy_setting(found_case.policy_version, found_case.region, 'leaseSeconds')::integer) as lease_end,
             case when kind = 'active' then moment + make_interval(mins =>
               app.policy_setting(found_case.policy_version, found_case.region, 'hardCapMinutes')::integer) end as hard_end)
    update app.round r
    set holder = claimer, lease_kind = kind, fence = nextval('app.fence'),
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

revoke all on function app.route_fits(text, text[], text[], text[], text[], text[]),
  app.claim_round(text, text, smallint, text[], text[], text[], smallint, smallint) from public;
grant execute on function app.route_fits(text, text[], text[], text[], text[], text[]),
  app.claim_round(text, text, smallint, text[], text[], text[], smallint, smallint) to secondlook_app;

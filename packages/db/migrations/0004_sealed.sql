-- What the machine said. The application may add to it and never read it: one function pins which
-- candidates are shown, one checks the seals and writes the event, and one returns the scores after
-- that event has committed.
create schema sealed;
revoke all on schema sealed from public;
-- A non-superuser may give what it made only to a role that could have made it in this schema.
grant create on schema sealed to secondlook_sealed_owner;

create table sealed.matcher_run (
  id             text primary key,
  case_id        text not null references app.review_case (id),
  cycle          integer not null,
  provider       text not null,
  model_version  text not null,
  gallery        text not null,
  searched_at    timestamptz not null,
  score_scale    text not null check (score_scale in ('0-1', '0-100', 'none')),
  -- Normalised to 0–100; null where the provider does not disclose it.
  threshold      numeric(6, 3) check (threshold between 0 and 100),
  recommendation text not null check (recommendation in ('same_person', 'different_person', 'none')),
  check ((threshold is null) = (score_scale = 'none'))
);
create index matcher_run_case on sealed.matcher_run (case_id, cycle);

create table sealed.score (
  candidate_id text primary key references app.candidate (id),
  run_id       text not null references sealed.matcher_run (id),
  -- Normalised to 0–100; null where the provider gives none.
  similarity   numeric(6, 3) check (similarity between 0 and 100),
  rank         smallint not null check (rank > 0),
  match_id     text
);
create index score_run on sealed.score (run_id);

-- Pins the candidates that this cycle shows: those at or above the policy's own threshold for the
-- provider and model, and those without a score. The order is that of a hash of random ids, so it
-- tells nothing and is the same at every call.
create function sealed.pin_shown(p_case text, p_cycle integer) returns integer
  language plpgsql security definer set search_path = pg_catalog as $$
declare
  pinned integer;
  thresholds jsonb;
begin
  select app.policy_setting(c.policy_version, c.region, 'thresholds') into thresholds
    from app.review_case c where c.id = p_case and c.cycle = p_cycle and c.policy_version is not null;
  if not found then
    raise exception 'case % has no pinned policy in cycle %', p_case, p_cycle using errcode = 'SL001';
  end if;
  insert into app.shown_candidate (case_id, cycle, candidate_id, place)
  select p_case, p_cycle, k.id, row_number() over (order by md5(k.id || ':' || p_cycle), k.id)
  from app.candidate k
  left join sealed.score s on s.candidate_id = k.id
  left join sealed.matcher_run r on r.id = s.run_id
  left join lateral (
    select (t ->> 'minimum')::numeric as minimum
    from jsonb_array_elements(coalesce(thresholds, '[]'::jsonb)) as given (t)
    where t ->> 'provider' = r.provider and t ->> 'modelVersion' in (r.model_version, '*')
    order by (t ->> 'modelVersion' = '*') limit 1
  ) as policy on true
  where k.case_id = p_case
    and (s.similarity is null or policy.minimum is null or s.similarity >= policy.minimum)
  on conflict do nothing;
  get diagnostics pinned = row_count;
  return pinned;
end
$$;

create type sealed.machine_view as (
  candidate_id text, similarity numeric, rank smallint, run_id text, provider text, model_version text,
  gallery text, score_scale text, threshold numeric, recommendation text
);

create function sealed.shown_scores(p_case text, p_cycle integer) returns setof sealed.machine_view
  language sql stable set search_path = pg_catalog as $$
  select k.id, s.similarity, s.rank, r.id, r.provider, r.model_version, r.gallery, r.score_scale, r.threshold, r.recommendation
  from (select * from sealed.matcher_run m where m.case_id = p_case and m.cycle <= p_cycle order by m.cycle desc, m.searched_at desc limit 1) r
  left join (sealed.score s join app.candidate k on k.id = s.candidate_id
             join app.shown_candidate v on v.candidate_id = k.id and v.cycle = p_cycle)
         on s.run_id = r.id
  order by v.place
$$;

-- Who may be told the scores of which case, by the event that says so. A row counts only once the
-- transaction that made it has committed: else one could read the scores and take the event back.
create table sealed.ticket (
  eid      text primary key,
  case_id  text not null references app.review_case (id),
  cycle    integer not null,
  staff_id text not null references app.staff (id),
  -- Never supplied by the application: what `sealed.read` tells the transactions apart by.
  xid      xid8 not null default pg_current_xact_id(),
  -- The database's clock, which no setting moves: a ticket is good for a minute.
  at       timestamptz not null default clock_timestamp()
);

-- The id of a reveal's event, once it is known that the event tells of this very act.
create function sealed.event_id(p_leaf bytea, p_case text, p_cycle integer, p_round text, p_staff text, p_fence bigint) returns text
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  given json := convert_from(p_leaf, 'UTF8')::json;
  event jsonb := given::jsonb;
begin
  -- `is distinct from`, because a field that is missing must not pass either.
  if event ->> 'kind' is distinct from 'score.reveal' or event ->> 'outcome' is distinct from 'allowed'
     or event ->> 'case' is distinct from p_case or event #>> '{actor,id}' is distinct from p_staff
     or event -> 'cycle' is distinct from to_jsonb(p_cycle) or event ->> 'round' is distinct from p_round
     or event -> 'fence' is distinct from to_jsonb(p_fence)
     or jsonb_typeof(event -> 'eid') is distinct from 'string'
     -- jsonb keeps the last of two equal keys; another reader of the same bytes may keep the first.
     or (select count(*) from json_object_keys(given)) <> (select count(*) from jsonb_object_keys(event))
     or (select count(*) from json_object_keys(given -> 'actor')) <> (select count(*) from jsonb_object_keys(event -> 'actor')) then
    raise exception 'the reveal''s event names another act' using errcode = 'SL002';
  end if;
  return event ->> 'eid';
end
$$;

-- The reveal of a round: only to the holder of its active lease, only after that person has sealed
-- a rating of every shown candidate (unless policy has blind judging off). It writes the event and
-- the ticket, and tells nothing.
create function sealed.reveal(p_case text, p_cycle integer, p_round text, p_staff text, p_fence bigint, p_leaf bytea)
  returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  event_id constant text := sealed.event_id(p_leaf, p_case, p_cycle, p_round, p_staff, p_fence);
  blind boolean;
begin
  perform 1 from app.round r
    where r.case_id = p_case and r.cycle = p_cycle and r.round = p_round and r.state = 'open'
      and r.holder = p_staff and r.lease_kind = 'active' and r.fence = p_fence and r.claimable_at > app.now()
    for update;
  if not found then
    raise exception 'the lease is lost' using errcode = 'SL003';
  end if;
  select coalesce((app.policy_setting(c.policy_version, c.region, 'blindJudging'))::boolean, true) into blind
    from app.review_case c where c.id = p_case;
  if blind and exists (
    select 1 from app.shown_candidate v
    where v.case_id = p_case and v.cycle = p_cycle and not exists (
      select 1 from app.rating g where g.case_id = p_case and g.cycle = p_cycle and g.round = p_round
        and g.staff_id = p_staff and g.candidate_id = v.candidate_id and g.seq = 0)
  ) then
    raise exception 'not every shown candidate is sealed' using errcode = 'SL004';
  end if;
  perform audit.append(p_leaf);
  insert into app.reveal (case_id, cycle, round, staff_id) values (p_case, p_cycle, p_round, p_staff) on conflict do nothing;
  insert into app.involvement (case_id, staff_id, cycle, round, how) values (p_case, p_staff, p_cycle, p_round, 'revealed') on conflict do nothing;
  insert into sealed.ticket (eid, case_id, cycle, staff_id) values (event_id, p_case, p_cycle, p_staff);
end
$$;

-- The same for a case that nobody will judge again in this cycle, for its page: a final decision
-- stands there that can't be undone any more.
create function sealed.reveal_settled(p_case text, p_staff text, p_leaf bytea) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  final record;
  event_id text;
begin
  select d.cycle, d.round, d.fence into final
    from app.review_case c join app.decision d on d.case_id = c.id and d.cycle = c.cycle
    where c.id = p_case and c.stage = 'settled' and c.settles_at <= app.now()
      and d.is_final and d.undone_at is null and d.undo_until <= app.now()
      and not exists (select from app.round r where r.case_id = c.id and r.state = 'open')
    order by d.undo_until desc limit 1;
  if not found then
    raise exception 'the case is not settled' using errcode = 'SL005';
  end if;
  event_id := sealed.event_id(p_leaf, p_case, final.cycle, final.round, p_staff, final.fence);
  perform audit.append(p_leaf);
  insert into app.involvement (case_id, staff_id, cycle, round, how) values (p_case, p_staff, final.cycle, 'any', 'revealed') on conflict do nothing;
  insert into sealed.ticket (eid, case_id, cycle, staff_id) values (event_id, p_case, final.cycle, p_staff);
end
$$;

-- The only way to the scores: by the event of their reveal, in a later transaction than the event's.
-- A row that another transaction made is seen only once that one has committed.
create function sealed.read(p_eid text, p_staff text) returns setof sealed.machine_view
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ticket sealed.ticket;
begin
  select t.* into ticket from sealed.ticket t
    where t.eid = p_eid and t.staff_id = p_staff
      and t.xid is distinct from pg_current_xact_id_if_assigned()
      and t.at > clock_timestamp() - interval '1 minute';
  if not found then
    raise exception 'no committed event opens the scores' using errcode = 'SL007';
  end if;
  return query select * from sealed.shown_scores(ticket.case_id, ticket.cycle);
end
$$;

do $$
declare
  item record;
begin
  for item in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'sealed' and c.relkind = 'r' loop
    execute format('alter table %s owner to secondlook_sealed_owner', item.name);
  end loop;
  for item in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
              where n.nspname = 'sealed' loop
    execute format('alter function %s owner to secondlook_sealed_owner', item.name);
    execute format('revoke all on function %s from public', item.name);
  end loop;
end
$$;
alter type sealed.machine_view owner to secondlook_sealed_owner;
alter schema sealed owner to secondlook_sealed_owner;

-- Foreign keys are checked with the rights of the table's owner; the functions read and pin.
grant select on app.review_case, app.candidate, app.shown_candidate, app.rating, app.policy, app.round, app.staff, app.decision to secondlook_sealed_owner;
-- `for update` on the round, so that a lease can't change hands between the check and the answer.
grant update (fence) on app.round to secondlook_sealed_owner;
grant references on app.review_case, app.candidate, app.staff to secondlook_sealed_owner;
grant insert on app.shown_candidate, app.reveal, app.involvement to secondlook_sealed_owner;

grant usage on schema sealed to secondlook_app;
grant insert on sealed.matcher_run, sealed.score to secondlook_app;
grant execute on function sealed.pin_shown(text, integer), sealed.reveal(text, integer, text, text, bigint, bytea),
  sealed.reveal_settled(text, text, bytea), sealed.read(text, text) to secondlook_app;
-- A reveal is noted by its function alone.
revoke insert on app.reveal from secondlook_app;

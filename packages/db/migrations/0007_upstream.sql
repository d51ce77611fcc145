-- What upstream sends for a case that is there already, and which accounts are compared where.

alter table app.ingest_key add column last_used_at timestamptz;
grant update (last_used_at) on app.ingest_key to secondlook_app;

-- A case may have several matcher runs, each with candidates of its own: an account that two of them
-- proposed is a candidate twice, with the snapshot that came with each.
alter table app.candidate add column run_id text;
update app.candidate k set run_id = s.run_id from sealed.score s where s.candidate_id = k.id;
alter table app.candidate alter column run_id set not null;
alter table app.candidate drop constraint candidate_case_id_subject_id_key;
alter table app.candidate add unique (run_id, subject_id);
create index candidate_case on app.candidate (case_id, subject_id);

create function app.refuse_own_account() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from app.review_case c join app.verification v on v.id = c.probe_id
             where c.id = new.case_id and v.subject_id = new.subject_id) then
    raise exception 'the candidate % is the probe''s own account', new.id using errcode = 'SL009';
  end if;
  return new;
end
$$;
create trigger refuse_own_account before insert on app.candidate for each row execute function app.refuse_own_account();

-- In which order runs came in; what upstream says of when it searched is no more than that.
alter table sealed.matcher_run add column place bigint generated always as identity;

-- Later captures, and the first cycle that each counts in. The first snapshot of a probe stands here
-- too once there is a second one, so that each cycle keeps its own.
create table app.capture (
  verification_id text primary key references app.verification (id),
  case_id         text not null references app.review_case (id),
  -- Null: the probe's.
  candidate_id    text references app.candidate (id),
  cycle           integer not null check (cycle > 0),
  place           bigint generated always as identity
);
create index capture_case on app.capture (case_id);

-- Which snapshot of a candidate a cycle shows is pinned with the candidate.
alter table app.shown_candidate add column verification_id text references app.verification (id);
update app.shown_candidate s set verification_id = k.verification_id from app.candidate k where k.id = s.candidate_id;
alter table app.shown_candidate alter column verification_id set not null;

-- Whatever moves a case to another cycle, forward or back: its probe is the newest snapshot of then.
create function app.set_probe() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.probe_id := coalesce(
    (select p.verification_id from app.capture p
     where p.case_id = new.id and p.candidate_id is null and p.cycle <= new.cycle
     order by p.cycle desc, p.place desc limit 1),
    new.probe_id);
  return new;
end
$$;
create trigger set_probe before update of cycle on app.review_case for each row
  when (new.cycle <> old.cycle) execute function app.set_probe();

-- What upstream sent for a case, and what came of it. Rows are never changed.
create table app.case_update (
  id          bigint generated always as identity primary key,
  case_id     text not null references app.review_case (id),
  kind        text not null check (kind in ('matcher_run', 'evidence', 'withdrawal')),
  -- The cycle that it met.
  cycle       integer not null check (cycle > 0),
  effect      text not null check (effect in ('review_restarted', 'reopened', 'kept', 'withdrawn')),
  key_id      text not null references app.ingest_key (id),
  -- Of a withdrawal only.
  by          text check (by in ('upstream', 'person')),
  reason      text,
  received_at timestamptz not null default app.now(),
  check ((kind = 'withdrawal') = (effect = 'withdrawn')),
  check ((kind = 'withdrawal') = (by is not null and reason is not null))
);
create index case_update_case on app.case_update (case_id, id);
create unique index case_withdrawn on app.case_update (case_id) where kind = 'withdrawal';

-- Which answer a key of `Idempotency-Key` got, kept for some days. Hashes are keyed.
create table app.idempotency (
  source_id   text not null references app.source (id),
  key_hash    bytea not null,
  body_hash   bytea not null,
  answer      jsonb not null,
  received_at timestamptz not null default app.now(),
  primary key (source_id, key_hash)
);
create index idempotency_age on app.idempotency (source_id, received_at);

-- Leases that upstream ended, so that their holders are told why.
create table app.cancelled_lease (
  fence    bigint primary key,
  case_id  text not null references app.review_case (id),
  staff_id text not null references app.staff (id),
  reason   text not null check (reason in ('matcher_run', 'evidence', 'withdrawal')),
  at       timestamptz not null default app.now()
);

grant select, insert on app.capture, app.case_update, app.idempotency, app.cancelled_lease to secondlook_app;
-- `for update` asks for the right to update as well.
grant delete, update (received_at) on app.idempotency to secondlook_app;
-- To lock accounts against their erasure asks for the right to update; nothing updates this.
grant update (created_at) on app.subject to secondlook_app;
grant select on app.capture to secondlook_sealed_owner;

-- The run whose candidates a cycle shows. It tells an id of ours and nothing of what the run says.
create function sealed.run_in_force(p_case text, p_cycle integer) returns text
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id from sealed.matcher_run m
  where m.case_id = p_case and m.cycle <= p_cycle order by m.cycle desc, m.place desc limit 1
$$;
alter function sealed.run_in_force(text, integer) owner to secondlook_sealed_owner;
revoke all on function sealed.run_in_force(text, integer) from public;
grant execute on function sealed.run_in_force(text, integer) to secondlook_app;

-- As before, but of the run in force only, and each with its newest snapshot.
create or replace function sealed.pin_shown(p_case text, p_cycle integer) returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  pinned integer;
  thresholds jsonb;
begin
  select app.policy_setting(c.policy_version, c.region, 'thresholds') into thresholds
    from app.review_case c where c.id = p_case and c.cycle = p_cycle and c.policy_version is not null;
  if not found then
    raise exception 'case % has no pinned policy in cycle %', p_case, p_cycle using errcode = 'SL001';
  end if;
  insert into app.shown_candidate (case_id, cycle, candidate_id, place, verification_id)
  select p_case, p_cycle, k.id, row_number() over (order by md5(k.id || ':' || p_cycle), k.id),
         coalesce(newest.verification_id, k.verification_id)
  from app.candidate k
  left join sealed.score s on s.candidate_id = k.id
  left join sealed.matcher_run r on r.id = s.run_id
  left join lateral (
    select (t ->> 'minimum')::numeric as minimum
    from jsonb_array_elements(coalesce(thresholds, '[]'::jsonb)) as given (t)
    where t ->> 'provider' = r.provider and t ->> 'modelVersion' in (r.model_version, '*')
    order by (t ->> 'modelVersion' = '*') limit 1
  ) as policy on true
  left join lateral (
    select p.verification_id from app.capture p
    where p.case_id = p_case and p.candidate_id = k.id and p.cycle <= p_cycle
    order by p.cycle desc, p.place desc limit 1
  ) as newest on true
  where k.case_id = p_case and k.run_id = sealed.run_in_force(p_case, p_cycle)
    and (s.similarity is null or policy.minimum is null or s.similarity >= policy.minimum)
  on conflict do nothing;
  get diagnostics pinned = row_count;
  return pinned;
end
$$;

create or replace function sealed.shown_scores(p_case text, p_cycle integer) returns setof sealed.machine_view
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select k.id, s.similarity, s.rank, r.id, r.provider, r.model_version, r.gallery, r.score_scale, r.threshold, r.recommendation
  from (select * from sealed.matcher_run m where m.id = sealed.run_in_force(p_case, p_cycle)) r
  left join (sealed.score s join app.candidate k on k.id = s.candidate_id
             join app.shown_candidate v on v.candidate_id = k.id and v.cycle = p_cycle)
         on s.run_id = r.id
  order by v.place
$$;

-- Which two accounts are compared in which case: at most one at a time. A case takes its pairs, all or
-- none, with the first claim of a cycle, and another may take them over once it is not under review any
-- more (docs/decisions/0007).
create table app.pair_review (
  low      text not null references app.subject (id),
  high     text not null references app.subject (id),
  case_id  text not null references app.review_case (id),
  cycle    integer not null,
  taken_at timestamptz not null default app.now(),
  primary key (low, high),
  check (low < high)
);
create index pair_review_case on app.pair_review (case_id);
grant select, insert, update (case_id, cycle, taken_at) on app.pair_review to secondlook_app;

insert into app.pair_review (low, high, case_id, cycle)
select least(v.subject_id, k.subject_id), greatest(v.subject_id, k.subject_id), c.id, c.cycle
from app.review_case c join app.verification v on v.id = c.probe_id
join app.shown_candidate s on s.case_id = c.id and s.cycle = c.cycle join app.candidate k on k.id = s.candidate_id
where (c.stage in ('first', 'second', 'adjudication') or c.settles_at > app.now()) and v.subject_id <> k.subject_id
on conflict do nothing;

-- Until when a case's cycle is under review: null where it is not, 'infinity' where nobody knows.
-- A decision that can still be undone keeps it so. Whoever changes the case at this moment is not
-- waited for: then it counts as under review for a second more.
create function app.under_review(p_case text, p_cycle integer) returns timestamptz
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found_case record;
  moment constant timestamptz := app.now();
begin
  select c.stage, c.cycle, c.settles_at into found_case from app.review_case c
    where c.id = p_case for share skip locked;
  if not found then
    return moment + interval '1 second';
  end if;
  if found_case.stage in ('first', 'second', 'adjudication') and found_case.cycle = p_cycle then
    return 'infinity';
  end if;
  return case when found_case.settles_at > moment then found_case.settles_at end;
end
$$;

-- Takes every pair that a case's cycle shows. Null where it has them all; else the time to ask again,
-- and the caller takes back what was done. Nobody is waited for longer than the lock timeout.
create function app.take_pairs(p_case text, p_cycle integer) returns timestamptz
  language plpgsql set search_path = pg_catalog, pg_temp set lock_timeout = '50ms' as $$
declare
  pair   record;
  holder app.pair_review;
  until  timestamptz;
begin
  -- In one order always, so that two claims can't wait for each other.
  for pair in
    select least(v.subject_id, k.subject_id) as low, greatest(v.subject_id, k.subject_id) as high
    from app.review_case c join app.verification v on v.id = c.probe_id
    join app.shown_candidate s on s.case_id = c.id and s.cycle = p_cycle join app.candidate k on k.id = s.candidate_id
    where c.id = p_case order by 1, 2
  loop
    insert into app.pair_review (low, high, case_id, cycle) values (pair.low, pair.high, p_case, p_cycle)
      on conflict do nothing;
    continue when found;
    select * into strict holder from app.pair_review p where p.low = pair.low and p.high = pair.high for update;
    if holder.case_id <> p_case then
      until := app.under_review(holder.case_id, holder.cycle);
      if until is not null then
        return until;
      end if;
    end if;
    update app.pair_review p set case_id = p_case, cycle = p_cycle, taken_at = app.now()
      where p.low = pair.low and p.high = pair.high;
  end loop;
  return null;
end
$$;

-- Claims as before; where the first claim of a cycle meets a pair that is under review elsewhere, it is
-- taken back, that case waits a while, and the next one is tried.
alter function app.claim_round(text, text, smallint, text[], text[], text[], smallint, smallint, boolean) rename to pick_round;
create function app.claim_round(
    claimer text, kind text, first_rank smallint, own_regions text[], own_languages text[], own_skills text[],
    before_rank smallint, before_priority smallint, thorough boolean)
  returns setof app.claimed
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  got   app.claimed;
  again timestamptz;
begin
  for attempt in 1 .. 20 loop
    begin
      select * into got from app.pick_round(claimer, kind, first_rank, own_regions, own_languages, own_skills,
                                            before_rank, before_priority, thorough);
      if not found then
        return;
      end if;
      -- Later rounds, and a first one that was claimed before, have their pairs.
      if got.round = 'first' and got.former_fence = 0 then
        again := app.take_pairs(got.case_id, got.cycle);
        if again is not null then
          raise exception 'a pair is under review elsewhere' using errcode = 'SL008';
        end if;
      end if;
      return next got;
      return;
    exception
      when sqlstate 'SL008' then
        null;
      when lock_not_available then
        again := app.now() + interval '1 second';
    end;
    update app.round r set claimable_at = least(again, app.now() + interval '1 minute')
    from (select o.case_id, o.cycle, o.round from app.round o
          where o.case_id = got.case_id and o.cycle = got.cycle and o.round = got.round
            and o.state = 'open' and o.holder is null and o.fence = 0
          for no key update skip locked) as waiting
    where r.case_id = waiting.case_id and r.cycle = waiting.cycle and r.round = waiting.round;
  end loop;
end
$$;

revoke all on function app.refuse_own_account(), app.set_probe(), app.under_review(text, integer), app.take_pairs(text, integer),
  app.claim_round(text, text, smallint, text[], text[], text[], smallint, smallint, boolean) from public;
grant execute on function app.under_review(text, integer), app.take_pairs(text, integer),
  app.claim_round(text, text, smallint, text[], text[], text[], smallint, smallint, boolean) to secondlook_app;

-- The application's own tables. Which column holds personal data, and under whose key, stands in
-- src/inventory.ts; a test compares that list with this schema.
create schema app;
revoke all on schema app from public;

-- The one clock of every rule below; a test may put a fixed one in its place.
create function app.now() returns timestamptz language sql volatile as $$ select clock_timestamp() $$;

create table app.source (
  id         text primary key,
  name       text not null unique,
  created_at timestamptz not null default app.now()
);

create table app.ingest_key (
  id         text primary key,
  source_id  text not null references app.source (id),
  label      text not null,
  hash       bytea not null unique,
  created_at timestamptz not null default app.now(),
  revoked_at timestamptz
);

create table app.staff (
  id           text primary key,
  handle       text not null unique,
  display_name text not null,
  role         text not null check (role in ('reviewer', 'senior', 'lead', 'auditor', 'privacy', 'admin')),
  -- Null means every region or language; skills are what one has, never "all".
  regions      text[],
  languages    text[],
  skills       text[] not null default '{}',
  created_at   timestamptz not null default app.now(),
  disabled_at  timestamptz
);

create table app.session (
  id           text primary key,
  staff_id     text not null references app.staff (id),
  token_hash   bytea not null unique,
  created_at   timestamptz not null default app.now(),
  last_seen_at timestamptz not null default app.now(),
  expires_at   timestamptz not null,
  ended_at     timestamptz
);
create index session_staff on app.session (staff_id) where ended_at is null;

create table app.signin_link (
  id         text primary key,
  token_hash bytea not null unique,
  staff_id   text not null references app.staff (id),
  created_at timestamptz not null default app.now(),
  expires_at timestamptz not null,
  used_at    timestamptz
);

create table app.policy (
  version    integer primary key check (version > 0),
  document   jsonb not null,
  author     text not null,
  approver   text not null check (approver <> author),
  created_at timestamptz not null default app.now(),
  starts_at  timestamptz not null
);

create table app.subject (
  id          text primary key,
  source_id   text not null references app.source (id),
  external_id text not null,
  -- Null once the person is erased: the key is gone and with it everything encrypted under it.
  wrapped_key bytea,
  key_id      text,
  erased_at   timestamptz,
  created_at  timestamptz not null default app.now(),
  unique (source_id, external_id),
  check ((wrapped_key is null) = (erased_at is not null))
);

create table app.verification (
  id             text primary key,
  subject_id     text not null references app.subject (id),
  attributes     bytea not null,
  notice_version text not null,
  legal_basis    text not null,
  consented_at   timestamptz,
  captured_at    timestamptz,
  created_at     timestamptz not null default app.now()
);
create index verification_subject on app.verification (subject_id);

create table app.evidence (
  id              text primary key,
  verification_id text not null references app.verification (id),
  subject_id      text not null references app.subject (id),
  place           smallint not null,
  kind            text not null check (kind in ('id_photo', 'profile_photo', 'face_clip')),
  marks           text[] not null default '{}',
  -- Encrypted: the face box is measured on a face.
  face_box        bytea,
  width           integer not null,
  height          integer not null,
  frames          integer,
  duration_ms     integer,
  codec           text,
  unique (verification_id, place)
);

create table app.rendition (
  evidence_id text not null references app.evidence (id),
  name        text not null check (name in ('original', 'face', 'screen', 'detail', 'thumb', 'clip')),
  object_id   text not null unique,
  media_type  text not null,
  byte_length integer not null,
  width       integer not null,
  height      integer not null,
  primary key (evidence_id, name)
);

create table app.review_case (
  id              text primary key,
  source_id       text not null references app.source (id),
  external_id     text not null,
  probe_id        text not null references app.verification (id),
  region          text not null,
  priority        smallint not null check (priority between 0 and 3),
  languages       text[] not null default '{}',
  skills          text[] not null default '{}',
  flagged_at      timestamptz not null,
  received_at     timestamptz not null default app.now(),
  due_at          timestamptz not null,
  stage           text not null check (stage in ('first', 'second', 'adjudication', 'awaiting_capture', 'settled', 'withdrawn', 'lapsed')),
  cycle           integer not null default 1 check (cycle > 0),
  -- When the newest decision can't be undone any more; before it the stage may still go back.
  settles_at      timestamptz,
  -- Pinned when the cycle's first round is first claimed.
  policy_version  integer references app.policy (version),
  body_hash       bytea not null,
  -- Keyed hash of each value by JSON pointer, encrypted: tells a repeat from another body.
  body_pointers   bytea not null,
  unique (source_id, external_id)
);
create index review_case_received on app.review_case (received_at desc, id);

create table app.candidate (
  id              text primary key,
  case_id         text not null references app.review_case (id),
  verification_id text not null references app.verification (id),
  subject_id      text not null references app.subject (id),
  shared_signals  text[] not null default '{}',
  unique (case_id, subject_id)
);

create table app.shown_candidate (
  case_id      text not null references app.review_case (id),
  cycle        integer not null,
  candidate_id text not null references app.candidate (id),
  place        smallint not null,
  primary key (case_id, cycle, candidate_id),
  unique (case_id, cycle, place)
);

-- Every distinct combination that cases are routed by. The claim probes one index range per route
-- and stage that the reviewer matches, so matching few or no cases costs no scan.
create table app.route (
  id        integer generated always as identity primary key,
  region    text not null,
  languages text[] not null,
  skills    text[] not null,
  unique (region, languages, skills)
);

-- Fencing numbers come from one sequence, not from a counter in each row: a number then names one
-- lease of one round and no other, so a late write of a case's first round can't pass as its second.
create sequence app.fence as bigint;

create table app.round (
  case_id      text not null references app.review_case (id),
  cycle        integer not null,
  round        text not null check (round in ('first', 'second', 'adjudication', 'second_adjudication')),
  route_id     integer not null references app.route (id),
  stage_rank   smallint not null check (stage_rank between 0 and 2),
  priority     smallint not null,
  due_at       timestamptz not null,
  -- One clock for waiting, snoozes, undo windows and leases: before it nobody else may claim.
  claimable_at timestamptz not null,
  waiting_since timestamptz not null,
  state        text not null default 'open' check (state in ('open', 'decided', 'closed')),
  holder       text references app.staff (id),
  lease_kind   text check (lease_kind in ('active', 'reserved')),
  fence        bigint not null default 0,
  opened_at    timestamptz,
  hard_until   timestamptz,
  -- The transaction that put it at its place in the queue's order: what `app.queue_front` rests on.
  queued_in    xid8 not null default pg_current_xact_id(),
  primary key (case_id, cycle, round),
  check ((holder is null) = (lease_kind is null)),
  check (state = 'open' or holder is null)
) with (fillfactor = 70);
create index round_waiting on app.round (route_id, stage_rank, priority, due_at, case_id) where state = 'open';
create index round_order on app.round (stage_rank, priority, due_at, case_id) where state = 'open';
create index round_queued on app.round (stage_rank, queued_in) where state = 'open';
-- At most one active and one reserved lease a person; at most one open round a case.
create unique index round_holder on app.round (holder, lease_kind) where holder is not null;
create unique index round_open on app.round (case_id) where state = 'open';

-- Who gave a case back and should not get it again before then ('infinity': not at all).
create table app.skip (
  case_id  text not null references app.review_case (id),
  staff_id text not null references app.staff (id),
  reason   text not null check (reason in ('skip', 'language', 'distressing')),
  until    timestamptz not null,
  primary key (case_id, staff_id)
);

-- Minutes in which a member of staff did something, where policy says that it is measured.
create table app.active_minute (
  staff_id text not null references app.staff (id),
  minute   timestamptz not null,
  primary key (staff_id, minute)
);

-- Who has judged, seen the score of, or opened the page of a case: they may not take another round.
create table app.involvement (
  case_id  text not null references app.review_case (id),
  staff_id text not null references app.staff (id),
  cycle    integer not null,
  round    text not null check (round in ('first', 'second', 'adjudication', 'second_adjudication', 'any')),
  how      text not null check (how in ('sealed', 'revealed', 'decided', 'case_page', 'escalated', 'conflict')),
  at       timestamptz not null default app.now(),
  primary key (case_id, staff_id, cycle, round, how)
);

create table app.viewing (
  case_id         text not null,
  cycle           integer not null,
  round           text not null,
  staff_id        text not null references app.staff (id),
  candidate_id    text not null references app.candidate (id),
  first_opened_at timestamptz not null,
  running_since   timestamptz,
  viewed_ms       bigint not null default 0,
  primary key (case_id, cycle, round, staff_id, candidate_id),
  foreign key (case_id, cycle, candidate_id) references app.shown_candidate (case_id, cycle, candidate_id)
);
-- A person looks at one candidate at a time.
create unique index viewing_running on app.viewing (staff_id) where running_since is not null;

-- seq 0 is the sealed rating; later ones are amendments beside it. Rows are never changed.
create table app.rating (
  case_id      text not null,
  cycle        integer not null,
  round        text not null,
  staff_id     text not null references app.staff (id),
  candidate_id text not null references app.candidate (id),
  seq          smallint not null check (seq >= 0),
  rating       smallint not null check (rating between -3 and 3),
  detail       bytea not null,
  viewed_ms    bigint not null,
  at           timestamptz not null default app.now(),
  primary key (case_id, cycle, round, staff_id, candidate_id, seq),
  foreign key (case_id, cycle, candidate_id) references app.shown_candidate (case_id, cycle, candidate_id)
);

create table app.reveal (
  case_id  text not null,
  cycle    integer not null,
  round    text not null,
  staff_id text not null references app.staff (id),
  at       timestamptz not null default app.now(),
  primary key (case_id, cycle, round, staff_id)
);

create table app.decision (
  id             text primary key,
  case_id        text not null references app.review_case (id),
  cycle          integer not null,
  round          text not null check (round in ('first', 'second', 'adjudication', 'second_adjudication')),
  staff_id       text not null references app.staff (id),
  outcome        text not null check (outcome in ('duplicate', 'permitted_second_account', 'distinct', 'inconclusive', 'identity_mule')),
  reasons        text[] not null check (cardinality(reasons) > 0),
  rationale      bytea,
  policy_version integer not null references app.policy (version),
  fence          bigint not null,
  -- The last decision that its cycle asks for: effective once it can't be undone any more.
  is_final       boolean not null,
  decided_at     timestamptz not null default app.now(),
  undo_until     timestamptz not null,
  undone_at      timestamptz,
  settled_at     timestamptz,
  effective_at   timestamptz
);
create unique index decision_standing on app.decision (case_id, cycle, round) where undone_at is null;
create index decision_author on app.decision (staff_id, decided_at desc);
create index decision_unsettled on app.decision (undo_until) where undone_at is null and settled_at is null;

create table app.finding (
  decision_id  text not null references app.decision (id),
  candidate_id text not null references app.candidate (id),
  finding      text not null check (finding in ('same', 'different', 'unresolved')),
  primary key (decision_id, candidate_id)
);

create table app.exemption (
  id          text primary key,
  decision_id text not null references app.decision (id),
  case_id     text not null references app.review_case (id),
  reason      text not null,
  note        bytea,
  expires_at  timestamptz not null,
  created_at  timestamptz not null default app.now(),
  undone_at   timestamptz
);

-- The accounts that one exemption covers.
create table app.exemption_account (
  exemption_id text not null references app.exemption (id),
  subject_id   text not null references app.subject (id),
  primary key (exemption_id, subject_id)
);
create index exemption_account_subject on app.exemption_account (subject_id);
create index exemption_decision on app.exemption (decision_id);

-- What harms, and a new exemption, takes two people. The rules say so (domain/cases/next-stage); here
-- it is checked once more when a final decision commits, whatever wrote it.
create function app.check_two_people() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.outcome in ('duplicate', 'identity_mule') and not exists (
    select 1 from app.decision o
    where o.case_id = new.case_id and o.cycle = new.cycle and o.staff_id <> new.staff_id
      and o.undone_at is null and o.outcome = new.outcome
      and not exists (
        (select f.candidate_id from app.finding f where f.decision_id = new.id and f.finding = 'same'
         except select f.candidate_id from app.finding f where f.decision_id = o.id and f.finding = 'same')
        union all
        (select f.candidate_id from app.finding f where f.decision_id = o.id and f.finding = 'same'
         except select f.candidate_id from app.finding f where f.decision_id = new.id and f.finding = 'same'))
  ) then
    raise exception 'the harmful decision % would be final by one person', new.id using errcode = 'SL006';
  end if;
  if exists (
    select 1 from app.exemption e join app.exemption_account a on a.exemption_id = e.id
    where e.decision_id = new.id and not exists (
      select 1 from app.decision o join app.exemption oe on oe.decision_id = o.id
        join app.exemption_account oa on oa.exemption_id = oe.id
      where o.case_id = new.case_id and o.cycle = new.cycle and o.staff_id <> new.staff_id
        and o.undone_at is null and oe.undone_at is null and oa.subject_id = a.subject_id)
  ) then
    raise exception 'the exemption of decision % would be final by one person', new.id using errcode = 'SL006';
  end if;
  return null;
end
$$;
create constraint trigger two_people after insert on app.decision
  deferrable initially deferred for each row when (new.is_final) execute function app.check_two_people();

create table app.question (
  case_id  text not null references app.review_case (id),
  cycle    integer not null,
  round    text not null,
  staff_id text not null references app.staff (id),
  text     bytea not null,
  at       timestamptz not null default app.now(),
  primary key (case_id, cycle, round, staff_id)
);

-- Keyed hashes of values that accounts share, so that they can be counted without being known.
create table app.signal (
  kind       text not null check (kind in ('payoutAccount', 'deviceId', 'address')),
  hash       bytea not null,
  subject_id text not null references app.subject (id),
  primary key (kind, hash, subject_id)
);
create index signal_subject on app.signal (subject_id);

create table app.draft (
  case_id    text not null,
  cycle      integer not null,
  round      text not null,
  staff_id   text not null references app.staff (id),
  content    bytea not null,
  saved_at   timestamptz not null default app.now(),
  primary key (case_id, cycle, round, staff_id),
  foreign key (case_id, cycle, round) references app.round (case_id, cycle, round)
);

-- One setting of a policy version for a region: the subdivision's, else the country's, else the base.
create function app.policy_setting(version integer, region text, setting text) returns jsonb
  language sql stable set search_path = pg_catalog as $$
  select coalesce(p.document -> 'regions' -> region -> setting,
                  p.document -> 'regions' -> split_part(region, '-', 1) -> setting,
                  p.document -> 'base' -> setting)
  from app.policy p where p.version = policy_setting.version
$$;

grant usage on schema app to secondlook_app, secondlook_sealed_owner;
grant select on all tables in schema app to secondlook_app;
grant insert on all tables in schema app to secondlook_app;
revoke insert on app.policy from secondlook_app;
-- Ratings, findings, reveals and involvement are never changed or removed; what may change is named.
grant update (revoked_at) on app.ingest_key to secondlook_app;
grant update (role, display_name, regions, languages, skills, disabled_at) on app.staff to secondlook_app;
grant update (last_seen_at, ended_at) on app.session to secondlook_app;
grant update (used_at) on app.signin_link to secondlook_app;
grant update (stage, cycle, settles_at, policy_version, priority, due_at) on app.review_case to secondlook_app;
grant update (route_id, stage_rank, priority, due_at, claimable_at, waiting_since, state, holder, lease_kind, fence, opened_at, hard_until) on app.round to secondlook_app;
grant update (reason, until) on app.skip to secondlook_app;
grant usage on sequence app.fence to secondlook_app;
grant update (running_since, viewed_ms) on app.viewing to secondlook_app;
grant update (undone_at, settled_at, effective_at) on app.decision to secondlook_app;
grant update (undone_at) on app.exemption to secondlook_app;
grant update (text, at) on app.question to secondlook_app;
grant update (content, saved_at) on app.draft to secondlook_app;
grant delete on app.draft, app.question to secondlook_app;
-- An undo takes the next round away again, which nobody can have claimed.
grant delete on app.round to secondlook_app;
revoke all on function app.now(), app.policy_setting(integer, text, text), app.check_two_people() from public;
grant execute on function app.now(), app.policy_setting(integer, text, text) to secondlook_app, secondlook_sealed_owner;

-- The log: an append-only intake, positions given by one sequencer, full tiles, signed heads.
create schema audit;
revoke all on schema audit from public;
-- A non-superuser may give what it made only to a role that could have made it in this schema.
grant create on schema audit to secondlook_audit_owner;

create table audit.event (
  id        bigint generated always as identity,
  -- Never supplied by the application: what the sequencer's watermark rests on.
  xid       xid8  not null default pg_current_xact_id(),
  leaf      bytea not null check (octet_length(leaf) between 2 and 16384),
  leaf_hash bytea generated always as (sha256('\x00'::bytea || leaf)) stored,
  -- The database's clock: how long an event has waited for its position is told by one clock only.
  at        timestamptz not null default clock_timestamp(),
  primary key (id)
) partition by range (id);
create index event_xid on audit.event (xid);

create table audit.position (
  idx      bigint not null check (idx >= 0),
  event_id bigint not null,
  primary key (idx)
) partition by range (idx);
create index position_event on audit.position (event_id);

create table audit.tile (
  level smallint not null,
  n     bigint   not null,
  data  bytea    not null check (octet_length(data) = 8192),
  primary key (level, n)
);

create table audit.checkpoint (
  size bigint primary key,
  note text not null,
  at   timestamptz not null default clock_timestamp()
);

-- One row; its lock is the sequencer's mutex. (An advisory lock could be taken by any role.)
create table audit.head (
  one boolean primary key default true check (one)
);
insert into audit.head default values;

-- What screens read: filled with the positions, rebuilt from the leaves, never trusted as the log.
create table audit.entry (
  idx        bigint primary key,
  eid        text not null,
  kind       text not null,
  at         timestamptz not null,
  actor      text not null,
  actor_role text not null,
  session_id text,
  outcome    text not null,
  case_id    text,
  subject_id text,
  leaf       bytea not null
);
create index entry_case on audit.entry (case_id, idx) where case_id is not null;
create index entry_subject on audit.entry (subject_id, idx) where subject_id is not null;
create index entry_actor on audit.entry (actor, idx);
create index entry_kind on audit.entry (kind, at);
create index entry_eid on audit.entry (eid);

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is append-only: % on %.% is refused.', tg_op, tg_table_schema, tg_table_name
    using errcode = '42501';
end
$$;

create function audit.guard(target regclass, row_level boolean) returns void language plpgsql as $$
begin
  if row_level then
    execute format('create trigger refuse_change before update or delete on %s for each row execute function audit.refuse_change()', target);
    execute format('alter table %s enable always trigger refuse_change', target);
  end if;
  execute format('create trigger refuse_truncate before truncate on %s for each statement execute function audit.refuse_change()', target);
  execute format('alter table %s enable always trigger refuse_truncate', target);
end
$$;

select audit.guard('audit.event', true), audit.guard('audit.position', true), audit.guard('audit.tile', true),
       audit.guard('audit.checkpoint', true), audit.guard('audit.head', true);

-- Makes the partitions that hold rows up to `ahead` partitions past the newest one in use.
-- A partition and its truncate trigger are made together: the parent's trigger doesn't cover it.
create function audit.ensure_partitions(ahead integer default 2) returns integer language plpgsql as $$
declare
  span   constant bigint := 16777216;
  kind   text;
  newest bigint;
  made   integer := 0;
  part   bigint;
begin
  foreach kind in array array['event', 'position'] loop
    if kind = 'event' then
      select coalesce(max(id), 0) into newest from audit.event;
    else
      select coalesce(max(idx), 0) into newest from audit.position;
    end if;
    for part in 0 .. (newest / span) + ahead loop
      if to_regclass(format('audit.%I', kind || '_p' || part)) is null then
        execute format('create table audit.%I partition of audit.%I for values from (%s) to (%s)',
                       kind || '_p' || part, kind, part * span, (part + 1) * span);
        execute format('alter table audit.%I owner to secondlook_audit_owner', kind || '_p' || part);
        perform audit.guard(format('audit.%I', kind || '_p' || part)::regclass, false);
        execute format('alter table audit.%I enable always trigger refuse_change', kind || '_p' || part);
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end
$$;
select audit.ensure_partitions();

-- The application's only door into the log.
create function audit.append(leaf bytea) returns void language sql security invoker
  set search_path = pg_catalog
  as $$ insert into audit.event (leaf) values ($1) $$;
create function audit.append_many(leaves bytea[]) returns void language sql security invoker
  set search_path = pg_catalog
  as $$ insert into audit.event (leaf) select leaf from unnest($1) with ordinality as given (leaf, n) order by n $$;

alter schema audit owner to secondlook_audit_owner;
do $$
declare
  item record;
begin
  for item in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'audit' and c.relkind in ('r', 'p') loop
    execute format('alter table %s owner to secondlook_audit_owner', item.name);
  end loop;
  for item in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
              where n.nspname = 'audit' loop
    execute format('alter function %s owner to secondlook_audit_owner', item.name);
    execute format('revoke all on function %s from public', item.name);
  end loop;
end
$$;

grant usage on schema audit to secondlook_app, secondlook_sealed_owner, secondlook_sequencer, secondlook_reader;
grant insert (leaf) on audit.event to secondlook_app, secondlook_sealed_owner;
grant execute on function audit.append(bytea), audit.append_many(bytea[]) to secondlook_app, secondlook_sealed_owner;
grant select on audit.event to secondlook_sequencer;
grant select, insert on audit.position, audit.tile, audit.checkpoint, audit.entry to secondlook_sequencer;
-- `select … for update` asks for the right to update; the trigger still refuses an update itself.
grant select, update on audit.head to secondlook_sequencer;
grant select on audit.entry, audit.checkpoint, audit.tile to secondlook_reader;

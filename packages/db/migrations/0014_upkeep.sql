-- What a server that runs for months needs: the log's partitions are made ahead while it runs, and
-- tickets that open nothing any more go.

-- Rows of one partition. A function, so that a test can have a small one.
create function audit.partition_rows() returns bigint language sql immutable
  set search_path = pg_catalog, pg_temp as $$ select 16777216::bigint $$;

-- Makes the partitions that hold rows up to `ahead` partitions past the newest one in use.
-- Each is made apart and then attached: `create table … partition of` would lock the log against
-- every append, behind whatever transaction is open; `attach` locks out neither appends nor reads.
-- A partition and its truncate trigger are made together: the parent's trigger doesn't cover it.
create or replace function audit.ensure_partitions(ahead integer default 2) returns integer language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  span   constant bigint := audit.partition_rows();
  kind   text;
  name   text;
  newest bigint;
  made   integer := 0;
  part   bigint;
  locked boolean := false;
begin
  foreach kind in array array['event', 'position'] loop
    if kind = 'event' then
      -- A transaction that was rolled back has used up its ids as well.
      select greatest(coalesce(max(id), 0),
                      coalesce(pg_sequence_last_value(pg_get_serial_sequence('audit.event', 'id')::regclass), 0))
        into newest from audit.event;
    else
      select coalesce(max(idx), 0) into newest from audit.position;
    end if;
    for part in 0 .. (newest / span) + ahead loop
      name := format('audit.%I', kind || '_p' || part);
      continue when to_regclass(name) is not null;
      if not locked then
        -- Another server may be at it; whoever comes second finds them made.
        lock table audit.event, audit.position in share update exclusive mode;
        locked := true;
        continue when to_regclass(name) is not null;
      end if;
      execute format('create table %s (like audit.%I including defaults including generated including constraints including storage)', name, kind);
      execute format('alter table %s owner to secondlook_audit_owner', name);
      execute format('alter table audit.%I attach partition %s for values from (%s) to (%s)',
                     kind, name, part * span, (part + 1) * span);
      perform audit.guard(name::regclass, false);
      execute format('alter table %s enable always trigger refuse_change', name);
      made := made + 1;
    end loop;
  end loop;
  return made;
end
$$;

-- The sequencer's door to it: with the owner's rights, and nothing to choose.
create function audit.keep_partitions() returns integer language sql security definer
  set search_path = pg_catalog, pg_temp as $$ select audit.ensure_partitions(2) $$;

alter function audit.partition_rows() owner to secondlook_audit_owner;
alter function audit.keep_partitions() owner to secondlook_audit_owner;
revoke all on function audit.partition_rows(), audit.keep_partitions() from public;
grant execute on function audit.keep_partitions() to secondlook_sequencer;

-- For the auditor's search: newest first, by kind, and by days.
create index entry_kind_idx on audit.entry (kind, idx);
create index entry_at on audit.entry using brin (at);

-- A ticket opens the scores for a minute. After that it only keeps its event's id from opening them
-- once more; the read model of the log keeps that too, as soon as the event has its position.
grant select (eid) on audit.entry to secondlook_sealed_owner;

create or replace function sealed.event_id(p_leaf bytea, p_case text, p_cycle integer, p_round text, p_staff text, p_fence bigint) returns text
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
  if exists (select from audit.entry e where e.eid = event ->> 'eid') then
    raise exception 'the reveal''s event is in the log already' using errcode = 'SL002';
  end if;
  return event ->> 'eid';
end
$$;

-- An hour is far past the minute, so that no transaction that still reads by a ticket loses it.
create function sealed.sweep_tickets() returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  swept integer;
begin
  delete from sealed.ticket t
    where t.at < clock_timestamp() - interval '1 hour'
      and exists (select from audit.entry e where e.eid = t.eid);
  get diagnostics swept = row_count;
  return swept;
end
$$;
alter function sealed.sweep_tickets() owner to secondlook_sealed_owner;
revoke all on function sealed.sweep_tickets() from public;
grant execute on function sealed.sweep_tickets() to secondlook_app;

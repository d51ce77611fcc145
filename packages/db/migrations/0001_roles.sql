-- Log-ins and owners. Roles belong to the cluster, so each is made only where it is missing;
-- passwords are set by the server's start, from the root key, never here.
do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('secondlook_audit_owner', false),  -- owns the log; nobody logs in as it
      ('secondlook_sealed_owner', false), -- owns the scores and the one function that returns them
      ('secondlook_app', true),           -- requests
      ('secondlook_sequencer', true),     -- gives events their positions
      ('secondlook_reader', true),        -- screens that show the log
      ('secondlook_jobs', true)           -- the job queue
    ) as roles (name, login)
  loop
    if not exists (select 1 from pg_catalog.pg_roles where rolname = wanted.name) then
      begin
        execute format('create role %I %s noinherit', wanted.name, case when wanted.login then 'login' else 'nologin' end);
      exception when duplicate_object or unique_violation then
        null; -- another database of this cluster was being migrated at the same moment
      end;
    end if;
  end loop;
end
$$;

-- Ownership can only be given to a role that one belongs to.
grant secondlook_audit_owner to current_user;
grant secondlook_sealed_owner to current_user;
grant secondlook_jobs to current_user;

-- The application's door to the job queue: graphile-worker's own schema belongs to secondlook_jobs
-- (a granted non-owner runs no jobs there), and this function is all that the application may call.
do $$
begin
  -- graphile-worker makes and migrates its own schema when it first runs.
  execute format('grant create on database %I to secondlook_jobs', current_database());
end
$$;

create schema jobs;
revoke all on schema jobs from public;
-- A non-superuser may give what it made only to a role that could have made it in this schema.
grant create on schema jobs to secondlook_jobs;

create function jobs.enqueue(task text, payload json, run_at timestamptz, job_key text) returns void
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job(identifier => task, payload => payload, run_at => run_at, job_key => job_key);
end
$$;
alter function jobs.enqueue(text, json, timestamptz, text) owner to secondlook_jobs;
revoke all on function jobs.enqueue(text, json, timestamptz, text) from public;
alter schema jobs owner to secondlook_jobs;
grant usage on schema jobs to secondlook_app;
grant execute on function jobs.enqueue(text, json, timestamptz, text) to secondlook_app;

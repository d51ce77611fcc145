-- What the provider answered, whole, encrypted under the probe's key: fields that we know nothing of
-- today may matter in an appeal. It tells the scores, so it is sealed as they are; nothing reads it yet.
create table sealed.provider_answer (
  run_id text primary key references sealed.matcher_run (id),
  answer bytea not null
);
alter table sealed.provider_answer owner to secondlook_sealed_owner;
grant insert on sealed.provider_answer to secondlook_app;

-- How members of staff like to work, and what they found out about their own decisions.

-- Their own keys, and whether they had the tour. On the server, because signing out clears the
-- browser's storage, and because people change desks.
create table app.preference (
  staff_id text primary key references app.staff (id),
  content  jsonb not null,
  saved_at timestamptz not null default app.now()
);

-- A decision that its author reported as a mistake once it could not be undone any more. The note is
-- encrypted under the probe's key.
create table app.mistake (
  decision_id text primary key references app.decision (id),
  note        bytea not null,
  at          timestamptz not null default app.now()
);
create index mistake_at on app.mistake (at desc);

grant select, insert on app.preference, app.mistake to secondlook_app;
grant update (content, saved_at) on app.preference to secondlook_app;

-- What leads see of the shift, and what becomes of a mistake that somebody reported.

-- When the person of this session pressed pause; null once they asked for work again.
alter table app.session add column paused_at timestamptz;
grant update (paused_at) on app.session to secondlook_app;

-- The lead who dealt with the report, and how. The note is encrypted under the probe's key.
alter table app.mistake
  add column handled_at   timestamptz,
  add column handled_by   text references app.staff (id),
  add column handled_how  text check (handled_how in ('decision_stands', 'righted_in_review', 'asked_upstream')),
  add column handled_note bytea,
  add check ((handled_at is null) = (handled_by is null)),
  add check ((handled_at is null) = (handled_how is null)),
  add check (handled_note is null or handled_at is not null);
create index mistake_open on app.mistake (at, decision_id) where handled_at is null;
grant update (handled_at, handled_by, handled_how, handled_note) on app.mistake to secondlook_app;

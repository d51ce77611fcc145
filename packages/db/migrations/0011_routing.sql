-- What a lead did with the open round of a case: for whom it is kept, and until when. It is no lease:
-- the round's `claimable_at` keeps everybody else away, so that a claim asks nothing more than before,
-- and the person it is kept for takes it by this row. Gone once they have, or once it is put back.
create table app.routing (
  case_id    text not null,
  cycle      integer not null,
  round      text not null,
  staff_id   text not null references app.staff (id),
  until      timestamptz not null,
  -- The decision before it may be undone until then; nobody may begin earlier.
  not_before timestamptz not null,
  primary key (case_id, cycle, round),
  -- An undo takes the round away, and this with it.
  foreign key (case_id, cycle, round) references app.round (case_id, cycle, round) on delete cascade
);
create index routing_staff on app.routing (staff_id);

grant select, insert, delete, update (staff_id, until, not_before) on app.routing to secondlook_app;

-- A lead may end a lease, too, and who had it is told.
alter table app.cancelled_lease drop constraint cancelled_lease_reason_check;
alter table app.cancelled_lease add constraint cancelled_lease_reason_check
  check (reason in ('matcher_run', 'evidence', 'withdrawal', 'released_by_lead', 'given_to_another'));

-- Whoever routes a case to a person learns who had a part in it, so no round of it is given to them.
alter table app.involvement drop constraint involvement_how_check;
alter table app.involvement add constraint involvement_how_check
  check (how in ('sealed', 'revealed', 'decided', 'case_page', 'escalated', 'conflict', 'routed'));

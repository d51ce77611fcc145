-- How the pair was looked at when a rating was sealed: magnification, tone, clicked points. Points on
-- a face are biometrics, so each side is encrypted under its own subject's key. Null in ratings of
-- before this was kept, and where nobody looked through the console.
alter table app.rating
  add column probe_viewing     bytea,
  add column candidate_viewing bytea;

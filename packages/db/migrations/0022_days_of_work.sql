-- Work by day reads the narrow part of rows that also hold a histogram each, and most of what it took was
-- to fetch those. This index holds what it adds up: a year of days is read in half the time.
create index by_reviewer_days on insights.by_reviewer (start, staff_id)
  include (region, decisions, handled, bucket_sum, measured, active_minutes, cases, in_time)
  where grain = 'day';

-- A person's year against the machine took 2.3 s at ten million decisions, nearly all of it to fetch
-- 250,000 facts from as many pages. This index holds what insights.machine_part adds up, for the facts
-- that it adds up, so that no page is fetched.
create index fact_machine on insights.fact (staff_id, day) include (
  region, provider, model_version, policy_version, threshold, recommendation, band, confirmed_band,
  answer, judged, in_force, in_time, handle_ms
) where judged and provider is not null;

-- The same for insights.reason_part: outcomes and reasons took two seconds.
create index fact_reason on insights.fact (staff_id, day) include (
  region, provider, model_version, policy_version, outcome, reasons, in_force
) where in_force;

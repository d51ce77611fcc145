import type { Priority } from "../ingest/case-payload.ts";

/** What a lead may do with where a case goes; none of it judges anything. */
export const ROUTE_ACTS = ["assign", "release", "put_back", "priority"] as const;
export type RouteAct = (typeof ROUTE_ACTS)[number];

/** Why a lead does it. */
export const ROUTE_REASONS = [
  "deadline",
  "workload",
  "expertise",
  "away",
  "upstream_asked",
  "correction",
] as const;
export type RouteReason = (typeof ROUTE_REASONS)[number];

export const ROUTE_REASON_WORDS = {
  deadline: "It is due soon",
  workload: "To share the work out",
  expertise: "Somebody knows this better",
  away: "The person who had it is away",
  upstream_asked: "The upstream system asked",
  correction: "To put something right",
} as const satisfies Record<RouteReason, string>;

/** For how long a case may be kept for a person, in minutes; then it is everybody's again. */
export const KEEP_MINUTES = [30, 60, 240, 480] as const;

/** How many cases one act may be for. */
export const MAX_ROUTED = 100;

/**
 * What became of one case. `changed`: it is not as the list showed it; `not_eligible`: this person
 * may not judge it; `yours`: the lead is judging it.
 */
export const ROUTE_RESULTS = ["done", "changed", "not_eligible", "yours"] as const;
export type RouteResult = (typeof ROUTE_RESULTS)[number];

/**
 * When a case is due after its priority changed: as much sooner or later as policy gives it less or
 * more time, so that the moment its time began at stays what it was. All in minutes and epoch
 * milliseconds.
 */
export function dueAfter(
  dueAt: number,
  change: { readonly from: Priority; readonly to: Priority },
  slaMinutes: Readonly<Record<Priority, number>>,
): number {
  return dueAt + (slaMinutes[change.to] - slaMinutes[change.from]) * 60_000;
}

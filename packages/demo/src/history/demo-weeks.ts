import type { HistoryCase } from "@secondlook/domain/insights/history-case";
import type { Day } from "@secondlook/domain/insights/reporting-day";
import { demoStaff } from "../staff.ts";
import type { Effect } from "./effects.ts";
import { makeHistory } from "./make-history.ts";

const DAYS = 14;
const DECISIONS = 1_000;
const SEED = 7;
/** Thirty seconds to twelve minutes between two cases: a day's twenty cases fill its hours. */
const PAUSES = 24;

/** Whose work the demo's past is, by their number in it: leads come last, as in every history. */
export const demoWeeksTeam: readonly string[] = [
  "reviewer-1",
  "reviewer-2",
  "reviewer-3",
  "reviewer-4",
  "senior-1",
  "lead-1",
  "lead-2",
];

/** What a lead finds in it: somebody, a model in a region, a day and a week that differ from the rest. */
const PLANTED: readonly Effect[] = [
  { kind: "follows_machine", reviewer: 2, share: 0.85 },
  {
    kind: "over_matches",
    provider: "rekognition",
    modelVersion: "7.0",
    region: "VN",
    share: 0.25,
  },
  { kind: "weekday_peak", weekday: 0, factor: 1.5 },
  { kind: "slow_week", weeksAgo: 1, factor: 1.4 },
];

/** Two weeks of settled cases that end with this day, decided by the demo's own accounts. */
export function makeDemoWeeks(until: Day): readonly HistoryCase[] {
  const people = demoWeeksTeam.map((handle) => demoStaff.find((each) => each.handle === handle));
  const days = makeHistory({
    decisions: DECISIONS,
    seed: SEED,
    until,
    effects: PLANTED,
    days: DAYS,
    reviewers: people
      .filter((person) => person?.role !== "lead")
      .map((person) => person?.regions ?? null),
    pauses: PAUSES,
  });
  return [...days].flat();
}

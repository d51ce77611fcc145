import type { ReviewerCell, ReviewerDay } from "@secondlook/db/insights/reviewer-figures";
import { percentileOf, typicalSeconds } from "@secondlook/domain/insights/histogram";
import { eachDay } from "@secondlook/domain/insights/reporting-day";
import { type Share, shareOf, SMALLEST_COUNT } from "@secondlook/domain/insights/share";

type Counts = Pick<
  ReviewerCell,
  | "decisions"
  | "measured"
  | "active_minutes"
  | "own_same"
  | "own_cleared"
  | "own_different"
  | "own_caught"
  | "own_excluded"
  | "pairs"
  | "agreed"
  | "ratings"
  | "amended"
  | "toward"
  | "away"
  | "cases"
  | "in_time"
>;

/** Adds up one count over rows. */
export function total<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}

/** Handle times of a histogram; held back under 30. */
export function percentilesOf(histogram: readonly number[]) {
  const count = total(histogram, (each) => each);
  if (count === 0) return { state: "held_back", reason: "nothing" } as const;
  if (count < SMALLEST_COUNT) return { state: "held_back", reason: "under_30" } as const;
  const at = (percent: number): number => percentileOf(histogram, percent) ?? 0;
  return { state: "known", count, p50: at(50), p90: at(90), p95: at(95) } as const;
}

/**
 * Throughput of these rows. An hour's rate is over the decisions whose activity was measured; it is null
 * where that is none, and where it would be of fewer than 30.
 */
export function throughputOf(rows: readonly Counts[], personDays: number) {
  const decisions = total(rows, (row) => row.decisions);
  const measured = total(rows, (row) => row.measured);
  const minutes = total(rows, (row) => row.active_minutes);
  return {
    decisions,
    personDays,
    activeHours: measured === 0 ? null : minutes / 60,
    perActiveHour: measured < SMALLEST_COUNT || minutes === 0 ? null : (measured * 60) / minutes,
    perPersonDay: personDays === 0 ? null : decisions / personDays,
  };
}

/** A person's own decisions beside the machine and beside the other round. */
export function ownFiguresOf(rows: readonly Counts[]) {
  const ratings = total(rows, (row) => row.ratings);
  return {
    ownOverride: shareOf(
      total(rows, (row) => row.own_cleared + row.own_caught),
      total(rows, (row) => row.own_same + row.own_different),
    ),
    excluded: total(rows, (row) => row.own_excluded),
    ...shiftOf(rows, ratings),
    agreement: shareOf(
      total(rows, (row) => row.agreed),
      total(rows, (row) => row.pairs),
    ),
  };
}

function shiftOf(
  rows: readonly Counts[],
  ratings: number,
): Record<"shift" | "toward" | "away", Share> {
  return {
    shift: shareOf(
      total(rows, (row) => row.amended),
      ratings,
    ),
    toward: shareOf(
      total(rows, (row) => row.toward),
      ratings,
    ),
    away: shareOf(
      total(rows, (row) => row.away),
      ratings,
    ),
  };
}

/** What a day shows of work. */
function dayOf(row: ReviewerDay) {
  return {
    day: row.day,
    decisions: row.decisions,
    people: row.people,
    activeHours: row.measured === 0 ? null : row.active_minutes / 60,
    completed: row.cases,
    typicalSeconds:
      row.handled < SMALLEST_COUNT ? null : typicalSeconds(row.bucket_sum, row.handled),
    sla: shareOf(row.in_time, row.cases),
  };
}

/** Every day of the time asked for that has come, those without any work too. */
export function workByDay(
  rows: readonly ReviewerDay[],
  dates: { readonly from: string; readonly to: string },
  today: string,
): ReturnType<typeof dayOf>[] {
  const work = new Map(rows.map((row) => [row.day, dayOf(row)]));
  return eachDay(dates.from, dates.to < today ? dates.to : today).map(
    (day) => work.get(day) ?? idleDay(day),
  );
}

function idleDay(day: string): ReturnType<typeof dayOf> {
  return {
    day,
    decisions: 0,
    people: 0,
    activeHours: null,
    completed: 0,
    typicalSeconds: null,
    sla: shareOf(0, 0),
  };
}

/** How throughput is told, and what is measured of people, for the page. */
export function measuredBy(measureActivity: boolean) {
  return measureActivity
    ? ({
        throughputBy: "active_hours",
        notice:
          "While a case is open, the console notes each minute in which its reviewer did something. Leads see the sums. Policy can switch this off.",
      } as const)
    : ({
        throughputBy: "calendar_days",
        notice: "Policy does not measure activity, so throughput is told by calendar day.",
      } as const);
}

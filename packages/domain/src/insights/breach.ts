import type { Range } from "./forecast.ts";

/** So many cases that wait are due at this moment. */
export interface DueCount {
  readonly dueAt: Date;
  readonly count: number;
}

/** When the first case that waits now will be late, if they are worked in the order of due times. */
export type FirstBreach =
  | { readonly state: "late_already"; readonly late: number }
  | {
      readonly state: "forecast";
      /** Null where none will be late, at the expected, the lowest and the highest rate. */
      readonly expected: Date | null;
      readonly earliest: Date | null;
      readonly latest: Date | null;
    }
  | { readonly state: "no_rate" };

const HOUR_MS = 3_600_000;

/**
 * Time to first breach: cases that wait are done in the order of their due times at so many an hour, and
 * the first that would be done after it is due is the breach. Arrivals are left out: with the same SLA
 * they are due later than what waits. `due` is sorted.
 */
export function firstBreach(
  now: Date,
  due: readonly DueCount[],
  perHour: Range | null,
): FirstBreach {
  const late = due.filter(({ dueAt }) => dueAt <= now).reduce((sum, { count }) => sum + count, 0);
  if (late > 0) return { state: "late_already", late };
  if (due.length === 0) return { state: "forecast", expected: null, earliest: null, latest: null };
  if (perHour === null) return { state: "no_rate" };
  const at = (rate: number): Date | null => {
    let done = 0;
    for (const { dueAt, count } of due) {
      done += count;
      const hours = rate > 0 ? done / rate : Number.POSITIVE_INFINITY;
      if (now.getTime() + hours * HOUR_MS > dueAt.getTime()) return dueAt;
    }
    return null;
  };
  return {
    state: "forecast",
    expected: at(perHour.expected),
    earliest: at(perHour.low),
    latest: at(perHour.high),
  };
}

import { studentQuantile95 } from "./distributions.ts";
import { addDays, type Day, weekday } from "./reporting-day.ts";

/** A number that is expected, and from where to where it will lie in 95 of 100 cases. */
export interface Range {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** Whole weeks that a forecast looks back on, and needs at least. */
export const WEEKS_BACK = 8;
export const FEWEST_WEEKS = 3;

/**
 * How many there will be on each of the next days: the mean of the same weekday in up to eight weeks
 * before, with the 95 % prediction interval of one more such day, t(k − 1) · s · √(1 + 1/k) to either
 * side and not below 0. It knows of no trend and no holidays. Null where there are fewer than three weeks.
 *
 * @param history days without a gap, oldest first, the last of them whole.
 */
export function forecastDays(
  history: readonly { readonly day: Day; readonly count: number }[],
  ahead: number,
): readonly (Range & { readonly day: Day })[] | null {
  const last = history.at(-1)?.day;
  const recent = history.slice(-7 * WEEKS_BACK);
  if (last === undefined || recent.length < 7 * FEWEST_WEEKS) return null;
  return Array.from({ length: ahead }, (_, at) => {
    const day = addDays(last, at + 1);
    const counts = recent
      .filter((each) => weekday(each.day) === weekday(day))
      .map(({ count }) => count);
    return { day, ...predict(counts) };
  });
}

function predict(counts: readonly number[]): Range {
  const k = counts.length;
  const expected = counts.reduce((sum, each) => sum + each, 0) / k;
  const variance = counts.reduce((sum, each) => sum + (each - expected) ** 2, 0) / (k - 1);
  const half = studentQuantile95(k - 1) * Math.sqrt(variance * (1 + 1 / k));
  return { expected, low: Math.max(0, expected - half), high: expected + half };
}

/**
 * How many will wait at the end of each day ahead: what waits now, what is expected to arrive, less what
 * is expected to be completed. The ranges of days are taken for independent, so their squares add up.
 */
export function forecastBacklog(
  now: number,
  arrivals: readonly (Range & { readonly day: Day })[],
  completions: readonly Range[],
): readonly (Range & { readonly day: Day })[] {
  let level = now;
  let square = 0;
  return arrivals.map((arriving, at) => {
    const done = completions[at] ?? { expected: 0, low: 0, high: 0 };
    level += arriving.expected - done.expected;
    square += (arriving.high - arriving.expected) ** 2 + (done.high - done.expected) ** 2;
    const expected = Math.max(0, level);
    const half = Math.sqrt(square);
    return {
      day: arriving.day,
      expected,
      low: Math.max(0, level - half),
      high: Math.max(0, level + half),
    };
  });
}

/** The mean of what was done on each day, with its 95 % interval; null for fewer than two days. */
export function meanOf(counts: readonly number[]): Range | null {
  const k = counts.length;
  if (k < 2) return null;
  const expected = counts.reduce((sum, each) => sum + each, 0) / k;
  const variance = counts.reduce((sum, each) => sum + (each - expected) ** 2, 0) / (k - 1);
  const half = studentQuantile95(k - 1) * Math.sqrt(variance / k);
  return { expected, low: Math.max(0, expected - half), high: expected + half };
}

import { studentTwoSided } from "./distributions.ts";
import type { Cell, Family, Finding } from "./marking.ts";
import { type Day, weekday, weekOf } from "./reporting-day.ts";
import { SMALLEST_COUNT } from "./share.ts";

const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;
const squares = (values: readonly number[]): number => {
  const middle = mean(values);
  return values.reduce((sum, each) => sum + (each - middle) ** 2, 0);
};

/** Weeks that a weekday must have been seen in, and days that a week must have, to be compared. */
const FEWEST_WEEKS = 4;
const FEWEST_DAYS = 3;

/**
 * Whether more or less arrives on a weekday than on the others of the same week: the logarithm of its
 * count less the mean of theirs, over whole weeks, by Student's t test. Growth and slow weeks shift all
 * days of a week alike and so are no difference. Cells are `weekday:0` for Monday to `weekday:6`.
 */
export function weekdayCells(
  days: readonly { readonly day: Day; readonly count: number }[],
): Family {
  const weeks = new Map<Day, Map<number, number>>();
  for (const { day, count } of days) {
    const week = weeks.get(weekOf(day)) ?? new Map<number, number>();
    week.set(weekday(day), Math.log(count + 0.5));
    weeks.set(weekOf(day), week);
  }
  const whole = [...weeks.values()].filter((week) => week.size === 7);
  const idOf = (at: number): string => `weekday:${at}`;
  return Array.from({ length: 7 }, (_, at): Cell => ({
    id: idOf(at),
    compare(marked) {
      const others = [0, 1, 2, 3, 4, 5, 6].filter((each) => each !== at && !marked.has(idOf(each)));
      if (whole.length < FEWEST_WEEKS || others.length === 0) return undefined;
      const above = whole.map(
        (week) => (week.get(at) ?? 0) - mean(others.map((each) => week.get(each) ?? 0)),
      );
      const level = mean(whole.flatMap((week) => others.map((each) => week.get(each) ?? 0)));
      const error = Math.sqrt(squares(above) / (above.length - 1) / above.length);
      return found(mean(above), error, above.length - 1, {
        value: Math.exp(level + mean(above)),
        reference: Math.exp(level),
      });
    },
  }));
}

/**
 * Whether cases took longer or shorter in one week than in the others: the mean of the logarithms of
 * the handle times of each day, by Student's t test with pooled variance, so that what differs from day
 * to day anyway is no difference. Values are typical (geometric mean) seconds. Cells are `week:` and the
 * week's Monday.
 */
export function weekCells(
  days: readonly {
    readonly day: Day;
    readonly count: number;
    readonly typicalSeconds: number | null;
  }[],
): Family {
  const weeks = new Map<Day, number[]>();
  for (const { day, count, typicalSeconds } of days) {
    if (count < SMALLEST_COUNT || typicalSeconds === null) continue;
    weeks.set(weekOf(day), [...(weeks.get(weekOf(day)) ?? []), Math.log(typicalSeconds)]);
  }
  const entries = [...weeks].filter(([, values]) => values.length >= FEWEST_DAYS);
  return entries.map(([monday, own]): Cell => ({
    id: `week:${monday}`,
    compare(marked) {
      const others = entries.flatMap(([week, values]) =>
        week === monday || marked.has(`week:${week}`) ? [] : values,
      );
      if (others.length < FEWEST_DAYS * (FEWEST_WEEKS - 1)) return undefined;
      const degrees = own.length + others.length - 2;
      const pooled = (squares(own) + squares(others)) / degrees;
      const error = Math.sqrt(pooled * (1 / own.length + 1 / others.length));
      return found(mean(own) - mean(others), error, degrees, {
        value: Math.exp(mean(own)),
        reference: Math.exp(mean(others)),
      });
    },
  }));
}

function found(
  difference: number,
  error: number,
  degrees: number,
  values: Pick<Finding, "value" | "reference">,
): Finding | undefined {
  if (error === 0) return undefined;
  const t = difference / error;
  return {
    ...values,
    p: studentTwoSided(t, degrees),
    strength: Math.abs(t),
    direction: t >= 0 ? "higher" : "lower",
  };
}

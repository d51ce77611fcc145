/** A day of the calendar, `2026-11-02`. */
export type Day = string;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formats.set(timeZone, made);
  return made;
}

/**
 * Whether this names a time zone by its IANA name (`Europe/Berlin`, `UTC`). Offsets such as `+02:00` are
 * refused: Postgres reads their sign the other way round.
 */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The day on which an instant falls in this time zone. */
export function reportingDay(instant: Date, timeZone: string): Day {
  return formatOf(timeZone).format(instant);
}

/** So many days later or, below 0, earlier. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days from one to another; 0 for the same. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Every day from one to another, both included. */
export function eachDay(from: Day, to: Day): readonly Day[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, at) =>
    addDays(from, at),
  );
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: Day): number {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
}

/** The Monday of its week. */
export function weekOf(day: Day): Day {
  return addDays(day, -weekday(day));
}

/** What rollups add days up to. A week of a month begins on its 1st, 8th, 15th or 22nd; the last ends with it. */
export type Grain = "month" | "week of month" | "day";

/** Whole units of a grain, one after the other, by the first days of the first and the last. */
export interface Span {
  readonly grain: Grain;
  readonly from: Day;
  readonly to: Day;
}

/** The first day of the unit that a day lies in. */
function startOf(grain: Grain, day: Day): Day {
  if (grain === "day") return day;
  if (grain === "month") return `${day.slice(0, 7)}-01`;
  const week = Math.min(3, Math.floor((Number(day.slice(8)) - 1) / 7));
  return addDays(`${day.slice(0, 7)}-01`, 7 * week);
}

/** The first day of the unit after the one that begins on this day. */
function nextOf(grain: Grain, start: Day): Day {
  if (grain === "day") return addDays(start, 1);
  // A month's last week is up to ten days long, and the others seven.
  if (grain === "week of month" && !start.endsWith("22")) return addDays(start, 7);
  return startOf("month", addDays(startOf("month", start), 31));
}

/**
 * Splits the days from one to another, both included, into the largest whole units, in order; `grains`
 * are those that may be used, from the largest to days.
 */
export function spansOf(from: Day, to: Day, grains: readonly Grain[]): readonly Span[] {
  const [grain, ...finer] = grains;
  if (grain === undefined || from > to) return [];
  const begun = startOf(grain, from);
  const first = begun === from ? from : nextOf(grain, begun);
  // The last unit is whole where the day after its end begins another.
  const after = startOf(grain, addDays(to, 1));
  if (first >= after) return spansOf(from, to, finer);
  return [
    ...spansOf(from, addDays(first, -1), finer),
    { grain, from: first, to: startOf(grain, addDays(after, -1)) },
    ...spansOf(after, to, finer),
  ];
}

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

/** A stretch of days split so that whole months can be read from monthly rollups. */
export interface Spans {
  /** First days of whole months, the first and the last. */
  readonly months: { readonly from: Day; readonly to: Day } | null;
  readonly days: readonly { readonly from: Day; readonly to: Day }[];
}

/** Splits the days from one to another, both included, into whole months and what is left at the ends. */
export function spansOf(from: Day, to: Day): Spans {
  const firstOf = (day: Day): Day => `${day.slice(0, 7)}-01`;
  const first = firstOf(from) === from ? from : firstOf(addDays(firstOf(from), 31));
  // The last month is whole where the day after its end begins another.
  const after = firstOf(addDays(to, 1));
  if (first >= after) return { months: null, days: from <= to ? [{ from, to }] : [] };
  const ends = [
    { from, to: addDays(first, -1) },
    { from: after, to },
  ].filter((span) => span.from <= span.to);
  return { months: { from: first, to: firstOf(addDays(after, -1)) }, days: ends };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in two units at most: `3 d 4 h`, `3 h 12 m`, `5 m`, `less than a minute`. */
export function lengthOf(ms: number): string {
  const left = Math.abs(ms);
  if (left >= DAY) return pair(left, DAY, "d", HOUR, "h");
  if (left >= HOUR) return pair(left, HOUR, "h", MINUTE, "m");
  if (left >= MINUTE) return `${Math.floor(left / MINUTE)} m`;
  return "less than a minute";
}

/** When something is due, from now: `due in 3 h 12 m`, `overdue by 2 d 1 h`. */
export function dueIn(dueAt: string, now: number): string {
  const left = Date.parse(dueAt) - now;
  return left >= 0 ? `due in ${lengthOf(left)}` : `overdue by ${lengthOf(left)}`;
}

/** Minutes and seconds: `1:48`. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The console speaks English to people of many places: a month by its name is no riddle to anybody. */
export const LOCALE = "en-GB";

const instant = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });

/** A date and time: `23 Nov 2026, 14:05`. */
export function instantOf(at: string): string {
  return instant.format(new Date(at));
}

const moment = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "medium" });

/** As `instantOf`, to the second: for lists in which several things happen within a minute. */
export function momentOf(at: string): string {
  return moment.format(new Date(at));
}

function pair(ms: number, big: number, bigWord: string, small: number, smallWord: string): string {
  const whole = Math.floor(ms / big);
  const rest = Math.floor((ms % big) / small);
  return rest === 0 ? `${whole} ${bigWord}` : `${whole} ${bigWord} ${rest} ${smallWord}`;
}

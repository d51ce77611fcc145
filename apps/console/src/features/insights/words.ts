import type { Day } from "@secondlook/domain/insights/reporting-day";
import type { Share } from "@secondlook/domain/insights/share";
import type { Insights } from "../../lib/contract.ts";
import { LOCALE } from "../../ui/time.ts";

/** Keeps a number and its unit on one line. */
const NARROW = "\u00a0";
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const tenths = new Intl.NumberFormat("en", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** A count: `12,345`. */
export const countWords = (count: number): string => whole.format(count);

/** A mean or a rate: two digits matter below ten, none above a hundred. */
export function rateWords(rate: number): string {
  return (Math.abs(rate) < 100 ? tenth : whole).format(rate);
}

/** `12.4 %`; what is not quite nothing or all never reads as such. */
export function percentWords(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent}${NARROW}%`;
  if (percent < 0.05) return `<${NARROW}0.1${NARROW}%`;
  if (percent > 99.95) return `>${NARROW}99.9${NARROW}%`;
  return `${tenths.format(percent)}${NARROW}%`;
}

/** Both ends of an interval: `10.1–15.2 %`. */
export function intervalWords({ low, high }: { readonly low: number; readonly high: number }) {
  return `${tenths.format(low * 100)}–${tenths.format(high * 100)}${NARROW}%`;
}

/** A length of time in seconds: `42 s`, `2 m 05 s`, `1 h 12 m`. */
export function secondsWords(seconds: number): string {
  const all = Math.round(seconds);
  if (all < 60) return `${all}${NARROW}s`;
  const minutes = Math.floor(all / 60);
  if (minutes < 60) {
    return `${minutes}${NARROW}m${NARROW}${String(all % 60).padStart(2, "0")}${NARROW}s`;
  }
  return `${Math.floor(minutes / 60)}${NARROW}h${NARROW}${minutes % 60}${NARROW}m`;
}

/** Why nothing is said of a share. */
export function heldBackWords(reason: "nothing" | "under_30"): string {
  return reason === "nothing" ? "none yet" : "fewer than 30";
}

/** A share in one line, for cells and for what is read aloud. */
export function shareWords(share: Share): string {
  return share.state === "held_back" ? heldBackWords(share.reason) : percentWords(share.value);
}

/** Agreement coefficients go from −1 to 1. */
export function coefficientWords(coefficient: Insights["agreement"]["kappa"]): string {
  if (coefficient.state === "defined") return coefficient.value.toFixed(2).replace("-", "−");
  if (coefficient.reason === "one_category") return "not defined: all one outcome";
  return heldBackWords(coefficient.reason);
}

const dayFormat = new Intl.DateTimeFormat(LOCALE, {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
});
const fullDayFormat = new Intl.DateTimeFormat(LOCALE, { timeZone: "UTC", dateStyle: "medium" });

/** `23 Nov`. */
export const dayWords = (day: Day): string => dayFormat.format(Date.parse(day));

/** `16 – 22 Nov 2026`, as short as it stays clear. */
export function daysWords(from: Day, to: Day): string {
  return fullDayFormat.formatRange(Date.parse(from), Date.parse(to));
}

/** A moment by the clock of the reporting time zone: `23 Nov, 14:05`. */
export function momentIn(timeZone: string, at: string): string {
  return new Intl.DateTimeFormat(LOCALE, {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(Date.parse(at));
}

/** A band of scores: `92 to 94`; the last includes its end. */
export function bandWords(band: {
  readonly from: number | null;
  readonly to: number | null;
}): string {
  return band.from === null || band.to === null
    ? "No score disclosed"
    : `${band.from} to ${band.to}`;
}

/** Ages of what waits: `under 4 h`, `4 h to 1 d`, `over 3 d`. */
export function ageWords(age: {
  readonly fromHours: number;
  readonly toHours: number | null;
}): string {
  const hours = (count: number): string =>
    count % 24 === 0 && count > 0 ? `${count / 24} d` : `${count} h`;
  if (age.toHours === null) return `over ${hours(age.fromHours)}`;
  if (age.fromHours === 0) return `under ${hours(age.toHours)}`;
  return `${hours(age.fromHours)} to ${hours(age.toHours)}`;
}

/** How long cases have waited, by bands; from the newest to the oldest. */
export const AGE_BANDS = ["under_1h", "under_4h", "under_1d", "under_3d", "older"] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/** How soon cases are due, by bands; what is late comes first. */
export const DUE_BANDS = ["overdue", "under_1h", "under_4h", "today", "later"] as const;
export type DueBand = (typeof DUE_BANDS)[number];

/** The leads' list: what nobody is left for, then by priority and due time; or by one time alone. */
export const OVERVIEW_ORDERS = ["priority", "due", "oldest"] as const;
export type OverviewOrder = (typeof OVERVIEW_ORDERS)[number];

/** A stretch of time from one instant up to, not including, another; null where it has no end. */
export interface Stretch {
  readonly from: Date | null;
  readonly to: Date | null;
}

const HOUR = 3_600_000;

/** The instants between the bands of age, ascending: what waits since before the first is `older`. */
export function ageEdges(now: Date): readonly Date[] {
  return [72, 24, 4, 1].map((hours) => new Date(now.getTime() - hours * HOUR));
}

/**
 * The instants between the bands of due times, ascending. `today` ends with the day of the reporting
 * time zone; late in the evening the four hours reach past it and the band is empty.
 */
export function dueEdges(now: Date, endOfDay: Date): readonly Date[] {
  const inFour = now.getTime() + 4 * HOUR;
  return [
    now,
    new Date(now.getTime() + HOUR),
    new Date(inFour),
    new Date(Math.max(inFour, endOfDay.getTime())),
  ];
}

/** Since when a case of this band has waited. */
export function stretchOfAge(band: AgeBand, now: Date): Stretch {
  return stretchAt(ageEdges(now), AGE_BANDS.length - 1 - AGE_BANDS.indexOf(band));
}

/** When a case of this band is due. */
export function stretchOfDue(band: DueBand, now: Date, endOfDay: Date): Stretch {
  return stretchAt(dueEdges(now, endOfDay), DUE_BANDS.indexOf(band));
}

/** The band of age that `width_bucket` over the edges puts into this bucket. */
export function ageBandAt(bucket: number): AgeBand {
  return AGE_BANDS[AGE_BANDS.length - 1 - bucket] ?? "under_1h";
}

/** The band of due times that `width_bucket` over the edges puts into this bucket. */
export function dueBandAt(bucket: number): DueBand {
  return DUE_BANDS[bucket] ?? "later";
}

function stretchAt(edges: readonly Date[], bucket: number): Stretch {
  return { from: edges[bucket - 1] ?? null, to: edges[bucket] ?? null };
}

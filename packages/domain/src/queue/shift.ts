/**
 * What somebody who is signed in does: `active` or `idle` over a case, or `working` where activity
 * isn't measured or nothing was measured yet; `paused`; or `free`, with no case open.
 */
export const SHIFT_STATES = ["active", "working", "idle", "paused", "free"] as const;
export type ShiftState = (typeof SHIFT_STATES)[number];

/** Activity is kept by the minute and told by heartbeats, so a shorter silence says nothing. */
const SILENT_MS = 3 * 60_000;

/** Times are epoch milliseconds. */
export function shiftState(of: {
  /** When they opened the case that they work on; null where they work on none. */
  readonly heldSince: number | null;
  /** The beginning of the last minute in which they did something, where that is measured. */
  readonly lastActive: number | null;
  readonly measured: boolean;
  readonly paused: boolean;
  readonly now: number;
}): ShiftState {
  if (of.heldSince === null) return of.paused ? "paused" : "free";
  if (!of.measured) return "working";
  if (of.lastActive !== null && of.now - of.lastActive < SILENT_MS) return "active";
  return of.now - of.heldSince < SILENT_MS ? "working" : "idle";
}

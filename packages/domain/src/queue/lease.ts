/** Why a reviewer gives a case back. */
export const RELEASE_REASONS = [
  "skip",
  "snooze",
  "language",
  "conflict_of_interest",
  "distressing",
] as const;
export type ReleaseReason = (typeof RELEASE_REASONS)[number];

export const RELEASE_WORDS = {
  skip: "Skip: somebody else may take it",
  snooze: "Snooze: nobody gets it until a time you choose",
  language: "I don't read the language",
  conflict_of_interest: "I know somebody involved",
  distressing: "I'd rather not see this",
} as const satisfies Record<ReleaseReason, string>;

/** A case can be put off for at most this long. */
export const SNOOZE_DAYS = 7;

/**
 * For how long a case that somebody gave back does not come to them again; null means not at all.
 * A skipped one returns after half an hour, since it may be the only work left; who can't read it or
 * would rather not see it, does not get it again. A conflict of interest is kept as an involvement.
 */
export function passFor(reason: ReleaseReason): { readonly minutes: number | null } | undefined {
  switch (reason) {
    case "skip":
      return { minutes: 30 };
    case "language":
    case "distressing":
      return { minutes: null };
    case "snooze":
    case "conflict_of_interest":
      return undefined;
  }
}

/** The case one works on, and the one kept ready behind it. */
export const LEASE_KINDS = ["active", "reserved"] as const;
export type LeaseKind = (typeof LEASE_KINDS)[number];

/** The lease on one round, as the database keeps it. Times are epoch milliseconds. */
export interface Lease {
  readonly holder: string;
  readonly kind: LeaseKind;
  /** Goes up with every claim; a write that shows an older number is refused. */
  readonly fence: number;
  readonly until: number;
  /** No heartbeat carries an active lease past it. */
  readonly hardUntil: number | null;
}

/** Whether this write may stand: same holder, same number, in time. */
export function holds(
  lease: Lease | undefined,
  by: { readonly holder: string; readonly fence: number },
  now: number,
): boolean {
  return (
    lease !== undefined &&
    lease.holder === by.holder &&
    lease.fence === by.fence &&
    lease.until > now
  );
}

/** How far a heartbeat at `now` extends a lease, in epoch milliseconds. */
export function extendedUntil(lease: Lease, now: number, leaseSeconds: number): number {
  const wanted = now + leaseSeconds * 1000;
  return lease.hardUntil === null ? wanted : Math.min(wanted, lease.hardUntil);
}

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
  skip: "Skip for now",
  snooze: "Snooze until later",
  language: "I don't read the language",
  conflict_of_interest: "I know somebody involved",
  distressing: "I'd rather not see this",
} as const satisfies Record<ReleaseReason, string>;

export type LeaseKind = "active" | "reserved";

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

import type { EventBody } from "@secondlook/audit/event";
import type { Claimed } from "@secondlook/db/queue/claim";
import type { HeldRound } from "@secondlook/db/queue/lease";
import type { EndedLease } from "@secondlook/db/queue/release";
import type { RecordInTransaction } from "../core/recorder.ts";

/** What the events of one lease have in common; the subject is the probe's account. */
function leaseFields(held: HeldRound) {
  return {
    outcome: "allowed",
    case: held.caseId,
    subject: held.probeSubjectId,
    cycle: held.cycle,
    round: held.round,
    fence: held.fence,
    policy: held.policyVersion,
  } as const;
}

/** That a lease began, and where another had run out on this round unnoticed, that too. */
export function claimEvents(
  { held, expired }: Claimed,
  reason?: "retake" | "undo" | "given",
): readonly EventBody[] {
  const fields = leaseFields(held);
  const until = held.leaseUntil.toISOString();
  const { policy: _, ...round } = fields;
  return [
    ...(expired === undefined
      ? []
      : [
          {
            ...round,
            kind: "case.expire" as const,
            fence: expired.fence,
            user: expired.holder,
          },
        ]),
    held.kind === "reserved"
      ? { ...fields, kind: "case.reserve", until }
      : { ...fields, kind: "case.claim", until, ...(reason === undefined ? {} : { reason }) },
    ...(held.kind === "reserved" ? [] : [openEvent(held)]),
  ];
}

/** That the holder of a lease has the case before them; `resume` after a reload or in another window. */
export function openEvent(held: HeldRound, purpose?: "resume"): EventBody {
  return {
    ...leaseFields(held),
    kind: "case.open",
    ...(purpose === undefined ? {} : { purpose: { code: purpose } }),
  };
}

/** That leases ended: given back for this reason, or run out before. */
export function endEvents(
  ended: readonly EndedLease[],
  by: { readonly staffId: `usr_${string}`; readonly reason: string },
): readonly EventBody[] {
  return ended.map((lease) => {
    const fields = {
      outcome: "allowed",
      case: lease.caseId,
      subject: lease.probeSubjectId,
      cycle: lease.cycle,
      round: lease.round,
      fence: lease.fence,
    } as const;
    return lease.ranOut
      ? { ...fields, kind: "case.expire", user: by.staffId }
      : { ...fields, kind: "case.release", reason: by.reason };
  });
}

/** Records several events in their order, in the transaction at hand. */
export async function recordAll(
  record: RecordInTransaction,
  events: readonly EventBody[],
): Promise<void> {
  for (const event of events) await record(event);
}

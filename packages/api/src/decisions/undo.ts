import { currentTime, lockCase } from "@secondlook/db/decisions/case-history";
import { undoExemptions } from "@secondlook/db/decisions/exemptions";
import { moveCase } from "@secondlook/db/decisions/store-decision";
import {
  lockOwnDecision,
  lockRoundDue,
  markUndone,
  type OwnDecision,
  removeRound,
  reopenRound,
} from "@secondlook/db/decisions/undo-decision";
import type { Database } from "@secondlook/db/database";
import { stopViewing } from "@secondlook/db/judging/viewing";
import { grantLease, shelveActive } from "@secondlook/db/queue/grant";
import type { HeldRound } from "@secondlook/db/queue/lease";
import { endLeases } from "@secondlook/db/queue/release";
import { type CaseState, undo as undone } from "@secondlook/domain/cases/transition";
import type { Id } from "@secondlook/domain/ids";
import { setPaused } from "@secondlook/db/staff/sessions";
import type { RecordInTransaction } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { insistClaimer } from "../queue/claim-next.ts";
import { claimResultOf } from "../queue/claim-result.ts";
import { claimEvents, endEvents, recordAll } from "../queue/lease-events.ts";
import { undoInput, undoOutput } from "../schemas/decisions.ts";
import { transitionRefusal } from "./refusals.ts";

/**
 * Takes the author's newest decision back within its window: the case is theirs again under a new
 * fencing number, the case on their screen goes back to reserved, and the reserved one is released.
 * Refused with `lease_lost` the decision is taken back all the same, and the case is somebody else's.
 */
export const undo = procedure
  .meta({ permission: "case.judge", records: ["decision.undo"] })
  .input(undoInput)
  .output(undoOutput)
  .mutation(async ({ ctx, input }) => {
    const { deps, staff } = ctx;
    const leases = await ctx.recorder.transaction(async (tx, record) => {
      await insistClaimer(tx, staff.id);
      if (staff.paused === true) await setPaused(tx, staff.sessionId, false);
      const { decision, before, after } = await lockForUndo(tx, staff.id, input.decisionId);
      await takeBack(tx, staff.id, { decision, before, after });
      await recordUndo(record, decision, await undoExemptions(tx, decision.id));
      return giveBack(tx, record, staff.id, decision);
    });
    try {
      return await claimResultOf(deps, staff.id, leases);
    } catch (error) {
      if (error instanceof Refusal && error.code === "lease_lost") throw undoneAndLost(error);
      throw error;
    }
  });

/** News from upstream ended the lease between the undo and its answer. */
function undoneAndLost(cause: Refusal): Refusal {
  return new Refusal(
    "lease_lost",
    "Your decision is taken back. At the same moment something new about the case came in, so it begins again and is no longer yours.",
    { cause },
  );
}

interface Undoing {
  readonly decision: OwnDecision;
  readonly before: CaseState;
  readonly after: CaseState;
}

/** Locks everything an undo touches, and only then asks whether it is in time. */
async function lockForUndo(
  tx: Database,
  staffId: Id<"actor">,
  decisionId: Id<"decision">,
): Promise<Undoing> {
  const decision = await lockOwnDecision(tx, { decisionId, staffId });
  if (decision === undefined) throw transitionRefusal("no_such_decision");
  if (decision.undone) throw new Refusal("conflict", "This decision is undone already.");
  // A claim of the next round holds it locked: either it was first, and the round is claimed, or it
  // passes over this row and finds it gone.
  const due = await lockRoundDue(tx, decision.caseId);
  const before = await lockCase(tx, decision.caseId);
  if (before === undefined) throw new Error("a decision has no case");
  const now = await currentTime(tx);
  const result = undone(before, { id: decisionId, by: staffId, at: now.getTime() });
  if (!result.ok) throw transitionRefusal(result.refusal);
  if (due?.claimed === true) throw transitionRefusal("undo_too_late");
  return { decision, before, after: result.value };
}

async function takeBack(tx: Database, staffId: string, undoing: Undoing): Promise<void> {
  const { decision, before, after } = undoing;
  if (before.due !== null) {
    const { cycle, due: round } = before;
    const removed = await removeRound(tx, { caseId: decision.caseId, cycle, round });
    if (!removed) throw transitionRefusal("undo_too_late");
  }
  await markUndone(tx, decision, staffId);
  const newest = after.decisions.at(-1);
  const moved = await moveCase(tx, {
    caseId: decision.caseId,
    from: before,
    to: after,
    settlesAt: newest === undefined ? null : new Date(newest.undoUntil),
    policyVersion: decision.policyVersion,
  });
  if (!moved) throw transitionRefusal("undo_too_late");
  if (!(await reopenRound(tx, decision, staffId))) {
    throw new Refusal(
      "conflict",
      "You have seen more of this case since you decided it, so somebody else has to judge it now.",
    );
  }
}

async function recordUndo(
  record: RecordInTransaction,
  decision: OwnDecision,
  exemptions: readonly Id<"exemption">[],
): Promise<void> {
  const place = {
    outcome: "allowed",
    case: decision.caseId,
    subject: decision.probeSubjectId,
    cycle: decision.cycle,
    round: decision.round,
    ruling: decision.id,
  } as const;
  await record({ ...place, kind: "decision.undo", fence: decision.fence });
  for (const exemption of exemptions) await record({ ...place, kind: "exemption.undo", exemption });
}

/** The leases after an undo: the case is active, the one on screen reserved, a third one free. */
async function giveBack(
  tx: Database,
  record: RecordInTransaction,
  staffId: Id<"actor">,
  decision: OwnDecision,
): Promise<{ active: HeldRound; reserved: HeldRound | undefined }> {
  await stopViewing(tx, staffId);
  const by = { staffId, reason: "undo" };
  await recordAll(record, endEvents(await endLeases(tx, { staffId, which: "ran_out" }), by));
  await recordAll(record, endEvents(await endLeases(tx, { staffId, which: "reserved" }), by));
  const reserved = await shelveActive(tx, staffId);
  if (reserved !== undefined) {
    await recordAll(record, claimEvents({ held: reserved, expired: undefined }));
  }
  const { caseId, cycle, round } = decision;
  const active = await grantLease(tx, { caseId, cycle, round, staffId, kind: "active" });
  if (active === undefined) throw transitionRefusal("undo_too_late");
  await recordAll(record, claimEvents({ held: active, expired: undefined }, "undo"));
  return { active, reserved };
}

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
import { lockClaimer } from "@secondlook/db/queue/claimer";
import { grantLease, shelveActive } from "@secondlook/db/queue/grant";
import type { HeldRound } from "@secondlook/db/queue/lease";
import { endLeases } from "@secondlook/db/queue/release";
import { type CaseState, undo as undone } from "@secondlook/domain/cases/transition";
import type { Id } from "@secondlook/domain/ids";
import type { RecordInTransaction } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { workCaseOf } from "../queue/work-case.ts";
import { undoInput, undoOutput } from "../schemas/decisions.ts";
import { transitionRefusal } from "./refusals.ts";

/**
 * Takes the author's newest decision back within its window: the case is theirs again under a new
 * fencing number, the case on their screen goes back to reserved, and the reserved one is released.
 */
export const undo = procedure
  .meta({ permission: "case.judge", records: ["decision.undo"] })
  .input(undoInput)
  .output(undoOutput)
  .mutation(({ ctx, input }) =>
    ctx.recorder.transaction(async (tx, record) => {
      const { deps, staff } = ctx;
      if ((await lockClaimer(tx, staff.id)) === undefined) throw transitionRefusal("may_not_judge");
      const { decision, before, after } = await lockForUndo(tx, staff.id, input.decisionId);
      await takeBack(tx, staff.id, { decision, before, after });
      await record({
        kind: "decision.undo",
        outcome: "allowed",
        case: decision.caseId,
        subject: decision.probeSubjectId,
        cycle: decision.cycle,
        round: decision.round,
        fence: decision.fence,
        ruling: decision.id,
      });
      for (const exemption of await undoExemptions(tx, decision.id)) {
        await record({
          kind: "exemption.undo",
          outcome: "allowed",
          exemption,
          case: decision.caseId,
          subject: decision.probeSubjectId,
          cycle: decision.cycle,
          round: decision.round,
          ruling: decision.id,
        });
      }
      const { active, reserved } = await giveBack(tx, record, staff.id, decision);
      const lease = ({ caseId, fence }: HeldRound) => ({ caseId, fence, staffId: staff.id });
      return {
        state: "work" as const,
        active: await workCaseOf(deps, tx, lease(active)),
        reserved: reserved === undefined ? null : await workCaseOf(deps, tx, lease(reserved)),
      };
    }),
  );

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

/** The leases after an undo: the case is active, the one on screen reserved, a third one free. */
async function giveBack(
  tx: Database,
  record: RecordInTransaction,
  staffId: Id<"actor">,
  decision: OwnDecision,
): Promise<{ active: HeldRound; reserved: HeldRound | undefined }> {
  await stopViewing(tx, staffId);
  const ranOut = await endLeases(tx, { staffId, which: "ran_out" });
  for (const each of ranOut) {
    await record({
      kind: "case.expire",
      outcome: "allowed",
      case: each.caseId,
      subject: each.probeSubjectId,
      cycle: each.cycle,
      round: each.round,
      fence: each.fence,
      user: staffId,
    });
  }
  const released = await endLeases(tx, { staffId, which: "reserved" });
  for (const each of released) {
    await record({
      kind: "case.release",
      outcome: "allowed",
      case: each.caseId,
      subject: each.probeSubjectId,
      cycle: each.cycle,
      round: each.round,
      fence: each.fence,
      reason: "undo",
    });
  }
  const reserved = await shelveActive(tx, staffId);
  if (reserved !== undefined) await recordLease(record, "case.reserve", reserved);
  const { caseId, cycle, round } = decision;
  const active = await grantLease(tx, { caseId, cycle, round, staffId, kind: "active" });
  if (active === undefined) throw transitionRefusal("undo_too_late");
  await recordLease(record, "case.claim", active, "undo");
  return { active, reserved };
}

async function recordLease(
  record: RecordInTransaction,
  kind: "case.claim" | "case.reserve",
  held: HeldRound,
  reason?: string,
): Promise<void> {
  const lease = {
    outcome: "allowed",
    case: held.caseId,
    subject: held.probeSubjectId,
    cycle: held.cycle,
    round: held.round,
    fence: held.fence,
    policy: held.policyVersion,
    until: held.leaseUntil.toISOString(),
  } as const;
  if (kind === "case.reserve") await record({ ...lease, kind });
  else await record({ ...lease, kind, ...(reason === undefined ? {} : { reason }) });
}

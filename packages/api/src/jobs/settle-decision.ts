import {
  decisionFindings,
  lockDecision,
  markSettled,
  unsettledDecisions,
} from "@secondlook/db/decisions/settle-decision";
import type { Deps } from "../core/deps.ts";
import { createRecorder } from "../core/recorder.ts";

type SettleDeps = Pick<
  Deps,
  "db" | "emitter" | "appender" | "log" | "stallGuard" | "enqueue" | "live"
>;

/** What came of it: `early` is put off to the end of its window. */
export type Settled = "settled" | "early" | "nothing";

/** How many decisions one sweep settles at most; the next start goes on. */
const SWEEP = 1_000;

/**
 * Records that a decision's undo window is over, and that it is effective where its cycle asks for no
 * further round; its round's drafts go. Nothing else waits for this: what holds follows from the
 * window's end alone. Run again it does nothing.
 */
export async function settleDecision(deps: SettleDeps, decisionId: string): Promise<Settled> {
  const recorder = createRecorder(deps, { id: "sys_jobs", role: "system" });
  return recorder.transaction(async (tx, record) => {
    const decision = await lockDecision(tx, decisionId);
    if (decision === undefined || decision.undone || decision.settled) return "nothing";
    if (!decision.over) {
      const { undoUntil: runAt } = decision;
      await deps.enqueue(tx, { task: "settle_decision", payload: { decisionId }, runAt });
      return "early";
    }
    await markSettled(tx, decision);
    const place = {
      outcome: "allowed",
      case: decision.caseId,
      subject: decision.subjectId,
      cycle: decision.cycle,
      round: decision.round,
      ruling: decision.id,
    } as const;
    await record({ ...place, kind: "decision.settle" });
    if (decision.isFinal) {
      const findings = await decisionFindings(tx, decision.id);
      const { id, outcome, reasons } = decision;
      await record({
        ...place,
        kind: "decision.effective",
        policy: decision.policyVersion,
        decision: { id, outcome, reasons, findings },
      });
    }
    return "settled";
  });
}

/**
 * Settles what is due and was not settled, for the server's start: jobs may have been lost with an
 * older backup. One that fails is told and doesn't keep the others.
 *
 * @returns how many were settled.
 */
export async function settleDue(deps: SettleDeps): Promise<number> {
  let settled = 0;
  for (const decisionId of await unsettledDecisions(deps.db, SWEEP)) {
    try {
      if ((await settleDecision(deps, decisionId)) === "settled") settled += 1;
    } catch (cause) {
      deps.log.error({ decision: decisionId }, "a decision could not be settled", cause);
    }
  }
  return settled;
}

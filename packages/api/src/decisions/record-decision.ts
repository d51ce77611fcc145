import type { HeldRound } from "@secondlook/db/queue/lease";
import type { NextStep } from "@secondlook/domain/cases/next-stage";
import type { DecisionForm } from "@secondlook/domain/decisions/check-decision";
import { isId } from "@secondlook/domain/ids";
import type { RecordInTransaction } from "../core/recorder.ts";
import type { WrittenDecision } from "./write-decision.ts";

/** The events of a decision: ids and codes, never its texts. */
export async function recordDecision(
  record: RecordInTransaction,
  of: {
    readonly held: HeldRound;
    readonly form: DecisionForm;
    readonly step: NextStep;
    readonly undoUntil: Date;
    readonly written: WrittenDecision;
  },
): Promise<void> {
  const { held, form, step, written } = of;
  const place = {
    outcome: "allowed",
    case: held.caseId,
    cycle: held.cycle,
    round: held.round,
    fence: held.fence,
  } as const;
  await record({
    ...place,
    kind: "decision.submit",
    subject: held.probeSubjectId,
    policy: held.policyVersion,
    until: of.undoUntil.toISOString(),
    decision: {
      id: written.decisionId,
      outcome: form.outcome,
      reasons: form.reasons,
      findings: form.findings.flatMap(({ candidateId, finding }) =>
        isId("candidate", candidateId) ? [{ candidate: candidateId, finding }] : [],
      ),
    },
  });
  const { exemption } = written;
  if (exemption !== null) {
    for (const account of exemption.accounts) {
      await record({
        ...place,
        kind: "exemption.record",
        subject: account.subjectId,
        ...(account.candidateId === undefined ? {} : { candidate: account.candidateId }),
        exemption: exemption.id,
        reason: exemption.reason,
        until: exemption.expiresAt.toISOString(),
        policy: held.policyVersion,
        ruling: written.decisionId,
      });
    }
  }
  const follows = {
    ...place,
    subject: held.probeSubjectId,
    reason: step.why,
    ruling: written.decisionId,
  } as const;
  if (step.why === "question_for_lead") await record({ ...follows, kind: "case.escalate" });
  if (step.to === "awaiting_capture") await record({ ...follows, kind: "case.await" });
}

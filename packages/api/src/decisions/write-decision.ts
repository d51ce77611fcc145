import type { Database } from "@secondlook/db/database";
import { insertExemption } from "@secondlook/db/decisions/exemptions";
import {
  closeRound,
  insertDecision,
  moveCase,
  openRound,
  saveQuestion,
} from "@secondlook/db/decisions/store-decision";
import { recordInvolvement } from "@secondlook/db/judging/involvement";
import type { JudgedCandidate } from "@secondlook/db/judging/ratings";
import { stopViewing } from "@secondlook/db/judging/viewing";
import type { HeldRound } from "@secondlook/db/queue/lease";
import type { CaseState, Decided } from "@secondlook/domain/cases/transition";
import type { DecisionForm } from "@secondlook/domain/decisions/check-decision";
import { type Id, newId } from "@secondlook/domain/ids";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import type { Deps } from "../core/deps.ts";
import { leaseLost } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { exemptionNotePlace, questionPlace, rationalePlace } from "./text-places.ts";

/** A decision that has passed every check. */
export interface PassedDecision {
  readonly decisionId: Id<"decision">;
  readonly held: HeldRound;
  readonly staffId: Id<"actor">;
  readonly form: DecisionForm;
  readonly candidates: readonly JudgedCandidate[];
  readonly before: CaseState;
  readonly decided: Decided;
  readonly decidedAt: Date;
  readonly undoUntil: Date;
}

/** What was written, as its events name it. */
export interface WrittenDecision {
  readonly decisionId: Id<"decision">;
  readonly exemption: {
    readonly id: Id<"exemption">;
    readonly reason: string;
    readonly expiresAt: Date;
    /** Every account covered; the probe's has no candidate. */
    readonly accounts: readonly {
      readonly subjectId: Id<"subject">;
      readonly candidateId?: Id<"candidate">;
    }[];
  } | null;
}

/** Writes a decision, and with it where the case goes. The round and the case are locked. */
export async function writeDecision(
  deps: Pick<Deps, "vault" | "random">,
  tx: Database,
  passed: PassedDecision,
): Promise<WrittenDecision> {
  const { decisionId, held, staffId, form, decided, undoUntil } = passed;
  const key = await subjectKey(deps, tx, held.probeSubjectId);
  await insertDecision(tx, {
    id: decisionId,
    held,
    staffId,
    outcome: form.outcome,
    findings: form.findings,
    reasons: form.reasons,
    rationale: await textOrNull(key, form.rationale, decisionId),
    isFinal: decided.decision.isFinal,
    decidedAt: passed.decidedAt,
    undoUntil,
  });
  const exemption = await writeExemption(deps, tx, key, passed);
  if (form.question !== null && form.question.trim() !== "") {
    const text = await key.encryptText(form.question, questionPlace(held));
    await saveQuestion(tx, { held, staffId, text });
  }
  await stopViewing(tx, staffId);
  await recordInvolvement(tx, { held, staffId, how: "decided" });
  await moveOn(tx, passed);
  return { decisionId, exemption };
}

async function textOrNull(
  key: SubjectKey,
  text: string,
  decisionId: Id<"decision">,
): Promise<Uint8Array | null> {
  return text.trim() === "" ? null : key.encryptText(text, rationalePlace(decisionId));
}

async function writeExemption(
  deps: Pick<Deps, "random">,
  tx: Database,
  key: SubjectKey,
  { decisionId, held, form, candidates }: PassedDecision,
): Promise<WrittenDecision["exemption"]> {
  const { exemption } = form;
  if (exemption === null) return null;
  const covered = candidates.filter((each) => exemption.candidateIds.includes(each.candidateId));
  const accounts = [{ subjectId: held.probeSubjectId }, ...covered];
  const id = newId("exemption", deps.random);
  const { reason, note, expiresAt } = exemption;
  await insertExemption(tx, {
    id,
    decisionId,
    caseId: held.caseId,
    reason,
    note: note.trim() === "" ? null : await key.encryptText(note, exemptionNotePlace(id)),
    expiresAt,
    subjectIds: accounts.map((each) => each.subjectId),
  });
  return { id, reason, expiresAt, accounts };
}

/** Ends the round, opens the next one for when this one can't be undone, and moves the case. */
async function moveOn(tx: Database, passed: PassedDecision): Promise<void> {
  const { held, before, decided, undoUntil } = passed;
  const { state, step } = decided;
  if (!(await closeRound(tx, held))) throw leaseLost();
  if (state.due !== null) {
    const { cycle, due: round } = state;
    await openRound(tx, { after: held, cycle, round, claimableAt: undoUntil });
  }
  const moved = await moveCase(tx, {
    caseId: held.caseId,
    from: before,
    to: state,
    settlesAt: undoUntil,
    policyVersion: step.to === "new_cycle" ? null : held.policyVersion,
  });
  if (!moved) throw leaseLost();
}

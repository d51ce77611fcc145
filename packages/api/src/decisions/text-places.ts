import type { Round } from "@secondlook/domain/cases/stage";
import type { SealContext } from "@secondlook/vault/subject-key";

/** Where each text of a decision belongs; all are encrypted under the probe's key. */
export function rationalePlace(decisionId: string): SealContext {
  return { object: decisionId, purpose: "rationale" };
}

export function questionPlace(of: {
  readonly caseId: string;
  readonly cycle: number;
  readonly round: Round;
}): SealContext {
  return { object: of.caseId, rendition: `${of.cycle}/${of.round}`, purpose: "question" };
}

export function exemptionNotePlace(exemptionId: string): SealContext {
  return { object: exemptionId, purpose: "exemption_note" };
}

export function mistakePlace(decisionId: string): SealContext {
  return { object: decisionId, purpose: "mistake" };
}

export function mistakeAnswerPlace(decisionId: string): SealContext {
  return { object: decisionId, purpose: "mistake_answer" };
}

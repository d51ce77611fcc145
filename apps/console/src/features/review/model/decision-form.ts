import {
  type DecisionForm,
  MAX_EXEMPTION_YEARS,
} from "@secondlook/domain/decisions/check-decision";
import type { Outcome } from "@secondlook/domain/decisions/outcome";
import { EXEMPTION_REASONS, type ReasonCode } from "@secondlook/domain/decisions/reasons";
import type { CandidateId, Submission } from "../../../lib/contract.ts";
import { type Bench, findingOf, reasonsOf } from "./bench.ts";

/** The filled-in form as the rules of `domain` take it; what the outcome has no use for is left out. */
export function decisionForm(bench: Bench, outcome: Outcome, now: Date): DecisionForm {
  const { form } = bench;
  const same = sameAccounts(bench);
  const reason = exemptionReason(bench);
  const permitted = outcome === "permitted_second_account";
  const inconclusive = outcome === "inconclusive";
  return {
    outcome,
    findings: bench.work.candidates.map((candidate) => ({
      candidateId: candidate.candidateId,
      finding: findingOf(bench, candidate),
    })),
    reasons: reasonsOf(bench),
    rationale: form.rationale,
    exemption:
      permitted && same.length > 0 && reason !== undefined
        ? {
            candidateIds: same,
            reason,
            note: form.exemption.note,
            expiresAt: endOf(form.exemption.expiresOn) ?? now,
          }
        : null,
    inconclusiveRoute: inconclusive ? form.route : null,
    question: inconclusive && form.route === "lead" ? form.question : null,
  };
}

/** The decision as it is sent. */
export function submission(bench: Bench, outcome: Outcome, now: Date): Submission {
  const form = decisionForm(bench, outcome, now);
  const { exemption } = form;
  return {
    caseId: bench.work.caseId,
    fence: bench.work.fence,
    outcome,
    findings: bench.work.candidates.map((candidate) => ({
      candidateId: candidate.candidateId,
      finding: findingOf(bench, candidate),
    })),
    reasons: [...form.reasons],
    rationale: form.rationale.trim(),
    exemption:
      exemption === null
        ? null
        : {
            candidateIds: sameAccounts(bench),
            reason: exemption.reason,
            note: exemption.note.trim(),
            expiresAt: exemption.expiresAt.toISOString(),
          },
    inconclusiveRoute: form.inconclusiveRoute,
    question: form.question?.trim() ?? null,
  };
}

/** The reason that makes a further account legitimate, among those chosen. */
export function exemptionReason(bench: Bench): ReasonCode | undefined {
  return reasonsOf(bench).find((reason) => EXEMPTION_REASONS.includes(reason));
}

/** An exemption recorded with a decision covers every account found to be the same. */
function sameAccounts(bench: Bench): CandidateId[] {
  return bench.work.candidates
    .filter((candidate) => findingOf(bench, candidate) === "same")
    .map((candidate) => candidate.candidateId);
}

/** The days on which an exemption may end, as `YYYY-MM-DD` where the reviewer sits. */
export function expiryDays(now: number): { readonly first: string; readonly last: string } {
  const day = (years: number, days: number) => {
    const date = new Date(now);
    return dayOf(new Date(date.getFullYear() + years, date.getMonth(), date.getDate() + days));
  };
  // Its last day counts to the end, and that must still be within five years.
  return { first: day(0, 1), last: day(MAX_EXEMPTION_YEARS, -1) };
}

function dayOf(date: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The end of a day where the reviewer sits. */
function endOf(day: string): Date | null {
  const end = new Date(`${day}T23:59:59`);
  return Number.isNaN(end.getTime()) ? null : end;
}

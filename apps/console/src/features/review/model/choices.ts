import {
  checkOutcome,
  type Outcome,
  type OutcomeRefusal,
} from "@secondlook/domain/decisions/outcome";
import { reasonFits, type ReasonCode } from "@secondlook/domain/decisions/reasons";
import { type Bench, findingOf, lastJudgement } from "./bench.ts";

/** In a few words, beside the choice; Enter says it in a sentence. */
const SHORT_WORDS: Record<OutcomeRefusal, string> = {
  finding_contradicts_rating: "A finding contradicts your rating.",
  no_candidates: "Needs a candidate found the same.",
  duplicate_needs_same: "Needs a candidate found the same.",
  duplicate_all_exempt: "Every account found the same is exempt.",
  permitted_needs_same: "Needs a candidate found the same.",
  permitted_needs_exemption: "Needs an exemption.",
  distinct_needs_all_different: "Needs every candidate found different.",
  inconclusive_has_same: "Not while a candidate is found the same.",
  inconclusive_needs_unresolved: "Needs an unresolved candidate.",
};

/** Why an outcome does not go with the findings as they stand; null where it does. */
export function outcomeProblem(bench: Bench, outcome: Outcome): string | null {
  const refusal = checkOutcome(
    outcome,
    bench.work.candidates.map((candidate) => ({
      candidate: candidate.candidateId,
      finding: findingOf(bench, candidate),
      rating: lastJudgement(candidate)?.rating ?? 0,
      // The exemption is recorded with the decision itself.
      exempt: outcome === "permitted_second_account",
    })),
  );
  return refusal === undefined ? null : SHORT_WORDS[refusal];
}

/** Why a reason can't be true of this case; null where it can. */
export function reasonProblem(bench: Bench, reason: ReasonCode): string | null {
  const count = bench.work.candidates.length;
  if (reasonFits(reason, count)) return null;
  if (count === 0) return "This case has no candidate.";
  return count === 1 ? "This case has a candidate." : `This case has ${count} candidates.`;
}

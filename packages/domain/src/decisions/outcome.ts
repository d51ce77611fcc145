import type { Rating } from "../judging/rating.ts";

/** What was found of one candidate: is it the probe's person? */
export const FINDINGS = ["same", "different", "unresolved"] as const;
export type Finding = (typeof FINDINGS)[number];

/** What a decision says of the case. */
export const OUTCOMES = [
  "duplicate",
  "permitted_second_account",
  "distinct",
  "inconclusive",
  "identity_mule",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_WORDS = {
  duplicate: "Duplicate",
  permitted_second_account: "Permitted second account",
  distinct: "Distinct people",
  inconclusive: "Inconclusive",
  identity_mule: "Identity mule",
} as const satisfies Record<Outcome, string>;

/**
 * What each outcome says, for whoever chooses one. In words that the machine’s view doesn’t use: a test
 * looks for those in the page’s memory before the reveal.
 */
export const OUTCOME_MEANINGS = {
  duplicate: "This person has another account, and nothing permits it.",
  permitted_second_account:
    "This person has another account, and a need for it that policy allows.",
  distinct: "Nobody shown is the probe's person; relatives and twins are different people.",
  inconclusive: "The evidence doesn't settle it: ask for a new capture, or a lead.",
  identity_mule: "The account is fronted: somebody shows their face or papers for another person.",
} as const satisfies Record<Outcome, string>;

/** A finding of one shown candidate, with its author's last rating of it. */
export interface CandidateFinding {
  readonly candidate: string;
  readonly finding: Finding;
  readonly rating: Rating;
  /** Covered by an exemption that is in force or recorded with this decision. */
  readonly exempt: boolean;
}

export type OutcomeRefusal =
  | "finding_contradicts_rating"
  | "no_candidates"
  | "duplicate_needs_same"
  | "duplicate_all_exempt"
  | "permitted_needs_same"
  | "permitted_needs_exemption"
  | "distinct_needs_all_different"
  | "inconclusive_has_same"
  | "inconclusive_needs_unresolved";

export const OUTCOME_REFUSALS = {
  finding_contradicts_rating:
    "A finding contradicts your last rating: “same” needs a rating of +1 or more, “different” of −1 or less. Amend the rating or change the finding.",
  no_candidates:
    "This case has no candidate, so it can't be decided as a duplicate or a permitted second account.",
  duplicate_needs_same: "“Duplicate” needs at least one candidate found to be the same person.",
  duplicate_all_exempt:
    "Every account found to be the same is covered by an exemption: decide “permitted second account”.",
  permitted_needs_same:
    "“Permitted second account” needs at least one candidate found to be the same person.",
  permitted_needs_exemption:
    "An account found to be the same has no exemption: record one with this decision, or decide “duplicate”.",
  distinct_needs_all_different: "“Distinct people” needs every candidate found different.",
  inconclusive_has_same: "“Inconclusive” can't be chosen while a candidate is found the same.",
  inconclusive_needs_unresolved: "“Inconclusive” needs at least one unresolved candidate.",
} as const satisfies Record<OutcomeRefusal, string>;

/** Whether a finding goes with its author's last rating: same ≥ +1, different ≤ −1. */
export function findingFits(finding: Finding, rating: Rating): boolean {
  if (finding === "same") return rating >= 1;
  if (finding === "different") return rating <= -1;
  return true;
}

/**
 * The rules of DESIGN section 1 for an outcome over the findings of every shown candidate.
 *
 * @returns why it is refused, or undefined.
 */
export function checkOutcome(
  outcome: Outcome,
  findings: readonly CandidateFinding[],
): OutcomeRefusal | undefined {
  if (findings.some((each) => !findingFits(each.finding, each.rating)))
    return "finding_contradicts_rating";
  const same = findings.filter((each) => each.finding === "same");
  switch (outcome) {
    case "duplicate":
      if (findings.length === 0) return "no_candidates";
      if (same.length === 0) return "duplicate_needs_same";
      return same.every((each) => each.exempt) ? "duplicate_all_exempt" : undefined;
    case "permitted_second_account":
      if (findings.length === 0) return "no_candidates";
      if (same.length === 0) return "permitted_needs_same";
      return same.every((each) => each.exempt) ? undefined : "permitted_needs_exemption";
    case "distinct":
      return findings.every((each) => each.finding === "different")
        ? undefined
        : "distinct_needs_all_different";
    case "inconclusive":
      if (same.length > 0) return "inconclusive_has_same";
      // Without candidates the evidence itself can be what doesn't suffice.
      if (findings.length === 0) return undefined;
      return findings.some((each) => each.finding === "unresolved")
        ? undefined
        : "inconclusive_needs_unresolved";
    case "identity_mule":
      return undefined;
  }
}

/** Outcomes that harm the person: they never become effective by one person alone. */
export function isHarmful(outcome: Outcome): boolean {
  return outcome === "duplicate" || outcome === "identity_mule";
}

/** What two decisions are compared by. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly same: ReadonlySet<string>;
}

/** Two rounds agree when the outcome and the set of `same` candidates are equal. */
export function verdictsAgree(one: Verdict, other: Verdict): boolean {
  return (
    one.outcome === other.outcome &&
    one.same.size === other.same.size &&
    [...one.same].every((candidate) => other.same.has(candidate))
  );
}

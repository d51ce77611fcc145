import { isHarmful, type Outcome, type Verdict, verdictsAgree } from "../decisions/outcome.ts";
import type { Round } from "./stage.ts";

/** A decision that stands in this cycle, as the rules see it. */
export interface RoundVerdict extends Verdict {
  readonly round: Round;
  readonly by: string;
  /** The candidates covered by an exemption recorded with this decision. */
  readonly newlyExempt: ReadonlySet<string>;
}

/** What an inconclusive decision asks for. */
export const INCONCLUSIVE_ROUTES = ["new_capture", "lead"] as const;
export type InconclusiveRoute = (typeof INCONCLUSIVE_ROUTES)[number];

/** What policy asks of a cycle's rounds. */
export interface RoundPolicy {
  readonly secondRoundOutcomes: readonly Outcome[];
  /** Drawn by the caller from policy's sample rate; only for outcomes that need no second round. */
  readonly sampled: boolean;
}

/** Where the case goes. A `round` is the next one to be worked; without one the case rests. */
export type NextStep =
  | { readonly to: "round"; readonly round: Exclude<Round, "first">; readonly why: StepReason }
  | { readonly to: "new_cycle"; readonly why: StepReason }
  | { readonly to: "awaiting_capture"; readonly why: StepReason }
  | { readonly to: "settled"; readonly why: StepReason };

export type StepReason =
  | "single_round"
  | "second_round_asked"
  | "rounds_agree"
  | "rounds_disagree"
  | "question_for_lead"
  | "new_capture_asked"
  | "adjudicated"
  | "adjudication_stands_alone"
  | "no_two_agree";

/** Outcomes and acts that always take two people, whatever a policy says. */
export function needsTwo(verdict: Pick<RoundVerdict, "outcome" | "newlyExempt">): boolean {
  return isHarmful(verdict.outcome) || verdict.newlyExempt.size > 0;
}

/**
 * The stage after a decision. Total and pure: the only place that says how rounds follow.
 *
 * - First round: harmful outcomes and new exemptions always go to `second`; others where policy
 *   asks or the sample falls on them; inconclusive goes to a lead or waits for a new capture.
 * - Second round: agreement settles, anything else goes to adjudication.
 * - Adjudication: an outcome that is not harmful settles. A harmful one, or a new exemption,
 *   settles only where an earlier round of this cycle, by somebody else, came to the same verdict;
 *   else a second lead repeats it blind, and where even then no two agree, a new cycle begins
 *   with people who never judged the case. A lead who can't tell either may ask a second lead;
 *   where that one can't tell, the case settles as inconclusive.
 *
 * @param earlier the standing decisions of earlier rounds of this cycle, oldest first.
 */
export function nextStep(
  decided: RoundVerdict,
  earlier: readonly RoundVerdict[],
  policy: RoundPolicy,
  inconclusiveRoute: InconclusiveRoute,
): NextStep {
  if (decided.outcome === "inconclusive" && inconclusiveRoute === "new_capture") {
    return { to: "awaiting_capture", why: "new_capture_asked" };
  }
  switch (decided.round) {
    case "first":
      if (decided.outcome === "inconclusive") {
        return { to: "round", round: "adjudication", why: "question_for_lead" };
      }
      if (
        needsTwo(decided) ||
        policy.secondRoundOutcomes.includes(decided.outcome) ||
        policy.sampled
      ) {
        return { to: "round", round: "second", why: "second_round_asked" };
      }
      return { to: "settled", why: "single_round" };
    case "second":
      if (decided.outcome === "inconclusive") {
        return { to: "round", round: "adjudication", why: "question_for_lead" };
      }
      return isBacked(decided, earlier)
        ? { to: "settled", why: "rounds_agree" }
        : { to: "round", round: "adjudication", why: "rounds_disagree" };
    case "adjudication":
      if (decided.outcome === "inconclusive") {
        return { to: "round", round: "second_adjudication", why: "question_for_lead" };
      }
      if (!needsTwo(decided) || isBacked(decided, earlier)) {
        return { to: "settled", why: "adjudicated" };
      }
      return { to: "round", round: "second_adjudication", why: "adjudication_stands_alone" };
    case "second_adjudication":
      if (!needsTwo(decided) || isBacked(decided, earlier)) {
        return { to: "settled", why: "adjudicated" };
      }
      return { to: "new_cycle", why: "no_two_agree" };
  }
}

/**
 * Whether somebody else came to the same verdict in an earlier round of this cycle. An exemption
 * is backed only by one that covers the same accounts: a colleague who saw an older exemption in
 * force agreed with the outcome, not with a new one.
 */
export function isBacked(decided: RoundVerdict, earlier: readonly RoundVerdict[]): boolean {
  return earlier.some(
    (each) =>
      each.by !== decided.by &&
      verdictsAgree(each, decided) &&
      [...decided.newlyExempt].every((candidate) => each.newlyExempt.has(candidate)),
  );
}

/**
 * Which earlier rounds' decisions a round's author sees, after the reveal. An adjudicator sees them
 * all; so does a second lead who was asked a question. The second round, and a second lead who
 * repeats a harmful adjudication, see none: what they confirm must be their own.
 */
export function earlierShownIn<T extends Pick<RoundVerdict, "round" | "outcome">>(
  round: Round,
  earlier: readonly T[],
): readonly T[] {
  if (round === "adjudication") return earlier;
  if (round !== "second_adjudication") return [];
  const adjudication = earlier.find((each) => each.round === "adjudication");
  return adjudication?.outcome === "inconclusive" ? earlier : [];
}

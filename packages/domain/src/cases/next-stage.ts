import { isHarmful, type Outcome, type Verdict, verdictsAgree } from "../decisions/outcome.ts";
import type { Round } from "./stage.ts";

/** A decision that stands in this cycle, as the rules see it. */
export interface RoundVerdict extends Verdict {
  readonly round: Round;
  readonly by: string;
  readonly newExemption: boolean;
}

/** What an inconclusive decision asks for. */
export type InconclusiveRoute = "new_capture" | "lead";

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
function needsTwo(verdict: RoundVerdict): boolean {
  return isHarmful(verdict.outcome) || verdict.newExemption;
}

/**
 * The stage after a decision. Total and pure: the only place that says how rounds follow.
 *
 * - First round: harmful outcomes and new exemptions always go to `second`; others where policy
 *   asks or the sample falls on them; inconclusive goes to a lead or waits for a new capture.
 * - Second round: agreement settles, anything else goes to adjudication.
 * - Adjudication: an outcome that is not harmful settles. A harmful one settles only where an
 *   earlier round of this cycle, by somebody else, came to the same outcome and candidates;
 *   else a second lead repeats it blind, and where even then no two agree, a new cycle begins
 *   with people who never judged the case.
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
    case "second": {
      const first = earlier.find((each) => each.round === "first");
      return first !== undefined && first.by !== decided.by && verdictsAgree(first, decided)
        ? { to: "settled", why: "rounds_agree" }
        : { to: "round", round: "adjudication", why: "rounds_disagree" };
    }
    case "adjudication":
      if (!needsTwo(decided) || isBacked(decided, earlier))
        return { to: "settled", why: "adjudicated" };
      return { to: "round", round: "second_adjudication", why: "adjudication_stands_alone" };
    case "second_adjudication":
      if (!needsTwo(decided) || isBacked(decided, earlier))
        return { to: "settled", why: "adjudicated" };
      return { to: "new_cycle", why: "no_two_agree" };
  }
}

/** Whether somebody else came to the same verdict in an earlier round of this cycle. */
function isBacked(decided: RoundVerdict, earlier: readonly RoundVerdict[]): boolean {
  return earlier.some((each) => each.by !== decided.by && verdictsAgree(each, decided));
}

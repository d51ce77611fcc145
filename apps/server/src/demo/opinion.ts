import type { CasePlan } from "@secondlook/demo/plan";
import type { Random } from "@secondlook/demo/random";
import type { Finding, Outcome } from "@secondlook/domain/decisions/outcome";
import type { ReasonCode } from "@secondlook/domain/decisions/reasons";
import type { Judgement, MissingReason, Rating } from "@secondlook/domain/judging/rating";

/** What somebody of the demo makes of a case: the same for each candidate. */
export interface Opinion {
  readonly judgement: Judgement;
  readonly finding: Finding;
  readonly outcome: Outcome;
  readonly reasons: readonly ReasonCode[];
  readonly rationale: string;
}

const none: readonly MissingReason[] = [];

const same = (rating: Rating): Judgement => ({
  rating,
  components: { brows: "alike", nose: "alike", ears: "alike", marks: "alike", hairline: "unlike" },
  missing: none,
});
const different = (rating: Rating): Judgement => ({
  rating,
  components: { face_shape: "alike", ears: "unlike", nose: "unlike", marks: "unlike" },
  missing: none,
});

/**
 * An opinion from the case's known truth. One reviewer in eight is misled by a face that is near, as
 * people are (White et al. 2014: 14 % of wrong faces accepted); a lead takes the time to be right.
 */
export function opinionOn(
  plan: CasePlan,
  who: { readonly lead: boolean },
  random: Random,
): Opinion {
  const { outcome } = plan.truth;
  const misled = !who.lead && random.chance(0.125);
  switch (outcome) {
    case "duplicate":
      return misled
        ? { ...distinct(plan), judgement: different(-1) }
        : {
            judgement: same(random.pick<Rating>([2, 3, 3])),
            finding: "same",
            outcome,
            reasons: plan.candidates.some((each) => each.sharedSignals.length > 0)
              ? ["same_face_and_data"]
              : ["same_face"],
            rationale: "Ears, brows and moles agree in every picture; only hair and beard differ.",
          };
    case "permitted_second_account":
      return {
        judgement: same(3),
        finding: "same",
        outcome,
        reasons: ["exemption_business"],
        rationale: "A private account and one for a registered business, both under one document.",
      };
    case "distinct":
      if (misled && plan.matcher.recommendation === "same_person") {
        return {
          judgement: same(1),
          finding: "same",
          outcome: "duplicate",
          reasons: ["same_face"],
          rationale: "Very alike around the eyes and the mouth.",
        };
      }
      return { ...distinct(plan), judgement: different(random.pick<Rating>([-2, -3, -3])) };
    case "inconclusive":
      return {
        judgement: { rating: 0, components: { ears: "not_visible" }, missing: ["photo_unclear"] },
        finding: "unresolved",
        outcome,
        reasons: ["photo_unusable"],
        rationale: "The photo is too dark to compare anything but the outline.",
      };
    case "identity_mule":
      return {
        judgement: different(-3),
        finding: "different",
        outcome,
        reasons: ["face_not_holder"],
        rationale: "The clip shows somebody else than the document.",
      };
  }
}

const distinct = (plan: CasePlan): Omit<Opinion, "judgement"> => ({
  finding: "different",
  outcome: "distinct",
  reasons: plan.candidates.length === 0 ? ["no_match"] : reasonsOf(plan.name),
  rationale: "",
});

function reasonsOf(name: string): Opinion["reasons"] {
  if (/^(siblings|twins)/.test(name)) return ["relatives"];
  return name.startsWith("lookalike") ? ["lookalike"] : ["different_face"];
}

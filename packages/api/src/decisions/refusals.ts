import { TRANSITION_REFUSALS, type TransitionRefusal } from "@secondlook/domain/cases/transition";
import {
  DECISION_REFUSALS,
  type DecisionRefusal,
} from "@secondlook/domain/decisions/check-decision";
import { Refusal, type RefusalCode } from "../core/refusal.ts";

const TRANSITION_CODES = {
  may_not_judge: "forbidden",
  leads_only: "forbidden",
  no_round_due: "conflict",
  not_settled_yet: "conflict",
  judged_already: "conflict",
  no_such_decision: "not_found",
  not_the_author: "not_found",
  not_the_newest: "undo_too_late",
  case_closed: "conflict",
  overtaken: "undo_too_late",
  undo_too_late: "undo_too_late",
} as const satisfies Record<TransitionRefusal, RefusalCode>;

/** A transition that the case does not allow, as the sentence that its author reads. */
export function transitionRefusal(refusal: TransitionRefusal): Refusal {
  return new Refusal(TRANSITION_CODES[refusal], TRANSITION_REFUSALS[refusal]);
}

/** A fault in the decision's form. */
export function decisionRefusal(refusal: DecisionRefusal): Refusal {
  return new Refusal("invalid_decision", DECISION_REFUSALS[refusal]);
}

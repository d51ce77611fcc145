import { can, type StaffRole } from "../access/roles.ts";
import { ok, refuse, type Result } from "../result.ts";
import {
  type InconclusiveRoute,
  type NextStep,
  nextStep,
  type RoundPolicy,
  type RoundVerdict,
} from "./next-stage.ts";
import { isAdjudication, type Round, type Stage, stageOf } from "./stage.ts";

/** A decision that was not undone. Times are epoch milliseconds. */
export interface StandingDecision extends RoundVerdict {
  readonly id: string;
  readonly cycle: number;
  readonly undoUntil: number;
  /** The last that its cycle asks for: effective once it can't be undone. */
  readonly isFinal: boolean;
}

/** A case as far as its transitions go. */
export interface CaseState {
  readonly stage: Stage;
  readonly cycle: number;
  /** The round that is due; null where the case rests. */
  readonly due: Round | null;
  /** Those of every cycle, oldest first. */
  readonly decisions: readonly StandingDecision[];
  /**
   * The newest cycle into which upstream sent something; 0 where there is none. What was decided in
   * it, or before, was decided without that.
   */
  readonly upstreamCycle: number;
}

/** A member of staff who acts. */
export interface Judge {
  readonly id: string;
  readonly role: StaffRole;
}

export type TransitionRefusal =
  | "may_not_judge"
  | "leads_only"
  | "no_round_due"
  | "not_settled_yet"
  | "judged_already"
  | "no_such_decision"
  | "not_the_author"
  | "not_the_newest"
  | "case_closed"
  | "overtaken"
  | "undo_too_late";

export const TRANSITION_REFUSALS = {
  may_not_judge: "Your role does not include deciding cases.",
  leads_only: "Only a lead may decide this case now. Release it, so that a lead can take it.",
  no_round_due: "This case is not waiting for a decision any more.",
  not_settled_yet: "The decision before yours can still be undone. Wait a few seconds.",
  judged_already:
    "You already judged this case, and somebody else has to take it from here. Release it.",
  no_such_decision: "There is no such decision of yours that could be undone.",
  not_the_author: "There is no such decision of yours that could be undone.",
  not_the_newest: "Another decision followed this one, so it can't be undone any more.",
  case_closed: "The case was closed meanwhile, so its decision can't be undone any more.",
  overtaken:
    "The upstream system sent something new for this case since, so your decision can't be undone any more. It stays on record.",
  undo_too_late:
    "The time to undo this decision is over. A lead can reopen the case if it was wrong.",
} as const satisfies Record<TransitionRefusal, string>;

/** A decision as it is handed in: everything but what follows from the case. */
export interface Decide {
  readonly id: string;
  readonly by: Judge;
  readonly verdict: Pick<RoundVerdict, "outcome" | "same" | "newlyExempt">;
  readonly inconclusiveRoute: InconclusiveRoute;
  readonly at: number;
  readonly undoUntil: number;
}

/** The case after a decision, and the step that it took. */
export interface Decided {
  readonly state: CaseState;
  readonly step: NextStep;
  readonly decision: StandingDecision;
}

/**
 * Decides the round that is due. The lease is checked by whoever holds the database; here stands
 * who may decide at all: a judge, a lead for adjudications, and nobody twice.
 */
export function decide(
  state: CaseState,
  command: Decide,
  policy: RoundPolicy,
): Result<Decided, TransitionRefusal> {
  const { due } = state;
  if (!can(command.by.role, "case.judge").allowed) return refuse("may_not_judge");
  if (due === null) return refuse("no_round_due");
  if (isAdjudication(due) && !can(command.by.role, "case.adjudicate").allowed) {
    return refuse("leads_only");
  }
  if (state.decisions.some((each) => each.by === command.by.id)) return refuse("judged_already");
  if (state.decisions.some((each) => each.undoUntil > command.at)) return refuse("not_settled_yet");

  const verdict: RoundVerdict = { ...command.verdict, round: due, by: command.by.id };
  const earlier = state.decisions.filter((each) => each.cycle === state.cycle);
  const step = nextStep(verdict, earlier, policy, command.inconclusiveRoute);
  const decision: StandingDecision = {
    ...verdict,
    id: command.id,
    cycle: state.cycle,
    undoUntil: command.undoUntil,
    isFinal: step.to === "settled",
  };
  const after = placeAfter(step, state.cycle);
  return ok({
    state: { ...state, ...after, decisions: [...state.decisions, decision] },
    step,
    decision,
  });
}

/**
 * Takes the newest decision back, by its author, within its undo window, and only while nothing came
 * from upstream since: that has begun a new cycle, or counts from the next one on, and so must not
 * find the old one open again.
 */
export function undo(
  state: CaseState,
  command: { readonly id: string; readonly by: string; readonly at: number },
): Result<CaseState, TransitionRefusal> {
  const decision = state.decisions.find((each) => each.id === command.id);
  if (decision === undefined) return refuse("no_such_decision");
  if (decision.by !== command.by) return refuse("not_the_author");
  if (command.at >= decision.undoUntil) return refuse("undo_too_late");
  if (state.decisions.at(-1) !== decision) return refuse("not_the_newest");
  if (state.stage === "withdrawn" || state.stage === "lapsed") return refuse("case_closed");
  if (decision.cycle <= state.upstreamCycle) return refuse("overtaken");
  return ok({
    ...state,
    stage: stageOf(decision.round),
    cycle: decision.cycle,
    due: decision.round,
    decisions: state.decisions.slice(0, -1),
  });
}

/** The decision that holds for the person: the newest final one that can't be undone any more. */
export function effectiveDecision(state: CaseState, now: number): StandingDecision | undefined {
  return state.decisions.findLast((each) => each.isFinal && each.undoUntil <= now);
}

function placeAfter(step: NextStep, cycle: number): Pick<CaseState, "stage" | "cycle" | "due"> {
  switch (step.to) {
    case "round":
      return { stage: stageOf(step.round), cycle, due: step.round };
    case "new_cycle":
      return { stage: "first", cycle: cycle + 1, due: "first" };
    case "awaiting_capture":
    case "settled":
      return { stage: step.to, cycle, due: null };
  }
}

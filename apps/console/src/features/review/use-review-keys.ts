import { DECISION_REFUSALS } from "@secondlook/domain/decisions/check-decision";
import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { reasonsAllowed } from "@secondlook/domain/decisions/reasons";
import { RATINGS } from "@secondlook/domain/judging/rating";
import { announce } from "../../lib/announce.ts";
import type { WorkCandidate } from "../../lib/contract.ts";
import { useKeys } from "../../lib/keyboard/use-keys.ts";
import { preferences } from "../../lib/preferences.ts";
import type { Hands, Handlers } from "./hands.ts";
import { KEY_OF_MASKED } from "./keys.ts";
import { keyOf, useMyKeys } from "./my-keys.ts";
import {
  type Bench,
  currentCandidate,
  findingOf,
  lastJudgement,
  pairKey,
  reasonsOf,
} from "./model/bench.ts";
import {
  answerLine,
  chooseOutcome,
  cycleFinding,
  isJudging,
  moveLine,
  rate,
  takeRationale,
  toggleAmending,
  toggleReason,
  withForm,
} from "./model/changes.ts";
import { outcomeProblem } from "./model/choices.ts";
import { MISSING_HINT } from "./model/next-step.ts";
import type { ReviewSession } from "./model/review-session.ts";
import type { ReviewState } from "./model/review-state.ts";
import { stageKeys } from "./stage-keys.ts";
import { pickAtCursor } from "./viewer/pointer.ts";
import { isPicking } from "./viewer/viewer-state.ts";

/** Which keys do what right now. A key without a use at this moment has no handler. */
export function useReviewKeys(state: ReviewState, hands: Hands): void {
  useKeys(useMyKeys(), { ...flowKeys(state, hands), ...benchKeys(state, hands) });
}

/** The one next step. What is under way on the stage comes first: nothing is sealed past it. */
export function goOn({ session, control }: Pick<Hands, "session" | "control">, stop: boolean) {
  const { lost } = session.state.get();
  if (lost === null && isPicking(control.viewer.state.get())) pickAtCursor(control.viewer);
  else void session.enter({ stop });
}

function flowKeys(state: ReviewState, { session, open, control }: Hands): Handlers {
  return {
    enter: () => goOn({ session, control }, false),
    enter_and_stop: () => goOn({ session, control }, true),
    keys: () => open("keys"),
    mistake: () => open("mistake"),
    tour: toggleTour,
    undo: () => {
      if (state.undo === null) session.hint("There is nothing left to undo.");
      else void session.undo();
    },
    ...(state.lost === null ? {} : { retake: () => void session.retake() }),
    ...(state.bench === null || state.lost !== null
      ? {}
      : { release: () => open("release"), pause: () => void session.pause() }),
  };
}

/** Hides the tour, or shows it again to those who had it. */
function toggleTour(): void {
  void preferences.change({ tourDone: !preferences.store.get().tourDone });
}

function benchKeys(state: ReviewState, hands: Hands): Handlers {
  const { bench } = state;
  if (bench === null || state.lost !== null) return {};
  const { session } = hands;
  // What is typed while another case comes was meant for the last one.
  const mine = state.busy !== "deciding" && state.busy !== "settling";
  return {
    ...unsaying(session, stageKeys(bench, hands)),
    ...(mine && isJudging(bench) ? judgeKeys(hands) : {}),
    ...(mine && bench.reveal !== null && !bench.amending ? decideKeys(bench, hands) : {}),
    next_candidate: () => session.turn(1),
    previous_candidate: () => session.turn(-1),
    amend: () => {
      const candidate = currentCandidate(bench);
      if (candidate === undefined || lastJudgement(candidate) === null)
        session.hint("Nothing is sealed yet that could be amended.");
      else session.edit(toggleAmending);
    },
    ...(bench.reveal === null ? tooEarly(session) : {}),
    ...(mine ? { new_capture: () => session.askNewCapture() } : {}),
    ...maskKeys(bench, session),
    ...leaveKey(bench, hands),
  };
}

/** What was said of the stage is over once something is done to it; that may say something else. */
function unsaying(session: ReviewSession, keys: Handlers): Handlers {
  return Object.fromEntries(
    Object.entries(keys).map(([command, handle]) => [
      command,
      (event: Parameters<typeof handle>[0]) => {
        if (event === "press" && session.state.get().hint !== null) session.hint(null);
        handle(event);
      },
    ]),
  );
}

/** What belongs to a decision says so before there can be one. */
function tooEarly({ hint }: ReviewSession): Handlers {
  const say = () => hint("That belongs to the decision, which comes after the reveal.");
  return { finding: say, ask_lead: say, write: say };
}

/** Only what is there to be shown has a key. */
function maskKeys(bench: Bench, session: ReviewSession): Handlers {
  const view = bench.attributes[pairKey(bench)];
  const keys: Handlers = {};
  for (const { field } of view?.masked ?? []) {
    keys[KEY_OF_MASKED[field]] = () => session.toggleMask(field);
  }
  return keys;
}

function judgeKeys({ session, toForm }: Hands): Handlers {
  const keys: Handlers = {
    alike: () => session.edit((bench) => answerLine(bench, "alike")),
    unlike: () => session.edit((bench) => answerLine(bench, "unlike")),
    not_visible: () => session.edit((bench) => answerLine(bench, "not_visible")),
    line_down: () => session.edit((bench) => moveLine(bench, 1)),
    line_up: () => session.edit((bench) => moveLine(bench, -1)),
  };
  const digits = [1, 2, 3, 4, 5, 6, 7] as const;
  for (const digit of digits) {
    const rating = RATINGS[digit - 1];
    if (rating === undefined) continue;
    keys[`rate_${digit}`] = () => {
      session.edit((bench) => rate(bench, rating));
      toForm();
      if (rating === 0) session.lead("missing", MISSING_HINT);
    };
  }
  return keys;
}

/** Changes the finding of the candidate on the stage, or says that its rating leaves one only. */
function changeFinding(session: ReviewSession, candidate: WorkCandidate): void {
  const before = session.state.get().bench;
  session.edit((current) => cycleFinding(current, candidate));
  const after = session.state.get().bench;
  if (before === null || after === null) return;
  if (findingOf(before, candidate) !== findingOf(after, candidate)) return;
  session.hint("After “can't tell” the finding stays unresolved; amend the rating to change it.");
}

/** Fills in the next ready-made sentence, or says that there is none. */
function takeSentence(session: ReviewSession): void {
  const before = session.state.get().bench?.form.rationale;
  session.edit(takeRationale);
  const after = session.state.get().bench?.form.rationale;
  if (after === before) session.hint("These reasons have no other ready-made sentence.");
  else if (after?.trimEnd().endsWith(":") === true)
    session.hint(`Finish the sentence: ${keyOf("write")} writes on.`);
}

function decideKeys(bench: Bench, { session, write, toForm }: Hands): Handlers {
  const { outcome } = bench.form;
  const candidate = bench.work.candidates[bench.position];
  const keys: Handlers = {
    ...(outcome === null ? {} : { write }),
    canned: () => {
      if (reasonsOf(bench).length === 0)
        session.hint("Choose a reason first: it has the sentence.");
      else takeSentence(session);
    },
    ...(candidate === undefined ? {} : { finding: () => changeFinding(session, candidate) }),
    ask_lead: () => {
      session.edit((current) => withForm(chooseInconclusive(current), { route: "lead" }));
      const problem = outcomeProblem(bench, "inconclusive");
      if (problem === null) session.lead("question", DECISION_REFUSALS.question_missing);
      else session.hint(problem);
    },
  };
  for (const digit of [1, 2, 3, 4, 5] as const) {
    const chosen = OUTCOMES[digit - 1];
    if (chosen === undefined) continue;
    keys[`outcome_${digit}`] = () => {
      session.edit((current) => chooseOutcome(current, chosen));
      toForm();
      const problem = outcomeProblem(bench, chosen);
      if (problem !== null) session.hint(problem);
    };
  }
  const reasons = outcome === null ? [] : reasonsAllowed(outcome, bench.work.rules.reasonCodes);
  for (const digit of [1, 2, 3, 4] as const) {
    const reason = reasons[digit - 1];
    if (reason === undefined) continue;
    keys[`reason_${digit}`] = () => session.edit((current) => toggleReason(current, reason));
  }
  return keys;
}

/** What the outcome asks for is kept where it is chosen already. */
function chooseInconclusive(bench: Bench): Bench {
  return bench.form.outcome === "inconclusive" ? bench : chooseOutcome(bench, "inconclusive");
}

/** Escape leaves what is under way on the stage first. */
function leaveKey(bench: Bench, { session, control, offered }: Hands): Handlers {
  return {
    leave: () => {
      if (control.viewer.state.get().picking !== null) {
        control.does.leavePicking();
        announce("Aligning is left.");
      } else if (bench.amending) {
        session.edit(toggleAmending);
        announce("The amendment is left; the rating stays as it was.");
      } else if (offered !== null) offered.later();
      else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    },
  };
}

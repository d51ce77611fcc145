import type { MaskedField } from "@secondlook/domain/attributes/masked-fields";
import type { LeaseRef, ReleaseInput, Viewing, WorkCase } from "../../../lib/contract.ts";
import type { Store } from "../../../lib/store.ts";
import { groupWords, keyOf } from "../my-keys.ts";
import { type Activity, beat } from "./beating.ts";
import { type Bench, reachable } from "./bench.ts";
import { goTo, toggleAmending, turn } from "./changes.ts";
import { decide, leaveLost, offerUndoAgain, pause, release, retake, undo } from "./deciding.ts";
import { createDesk, type Desk, type DeskParts, untilIdle } from "./desk.ts";
import { amend, reveal, seal } from "./judging.ts";
import { keepDrafts } from "./keeping.ts";
import { outcomeProblem } from "./choices.ts";
import { withNewCapture } from "./new-capture.ts";
import { type Gap, MISSING_HINT, nextStep } from "./next-step.ts";
import type { ReviewState } from "./review-state.ts";
import { look, loseLease, openPair, takeNext, toggleMask } from "./taking.ts";

/** Between the two strokes of an outcome that harms. */
const TAKES_TWO = "It counts only when two people come to it.";

/** After a new capture was asked for before the machine's view stands there. */
const NEW_CAPTURE_NEXT = "A new capture is chosen; Enter goes there step by step.";

/** Everything a reviewer can do at the desk. */
export interface ReviewSession {
  readonly state: Store<ReviewState>;
  /** Claims or resumes; from then on the lease is renewed. Returns what ends it. */
  readonly start: (activity: Activity) => () => void;
  /** The one next step. `stop` decides without taking another case. */
  readonly enter: (options?: { readonly stop?: boolean }) => Promise<void>;
  /** Leads to where the form lacks something. */
  readonly lead: (gap: Gap, message: string) => void;
  /** Says why what was asked for can't be done; null takes back what was said. */
  readonly hint: (message: string | null) => void;
  /** Changes what is filled in. */
  readonly edit: (change: (bench: Bench) => Bench) => void;
  /** The pair on the stage is seen: uncovered, or with nothing in it that could be covered. */
  readonly look: () => void;
  /** What tells how the pair is looked at; it is asked when a rating is sealed. Returns what ends it. */
  readonly sealWith: (viewing: () => Viewing) => () => void;
  /** Fills in that a new capture is wanted, and leads to what is still to be said. */
  readonly askNewCapture: () => void;
  readonly turn: (by: 1 | -1) => void;
  readonly goTo: (position: number) => void;
  readonly undo: () => Promise<void>;
  readonly release: (reason: ReleaseInput["reason"], until: Date | null) => Promise<void>;
  readonly pause: () => Promise<void>;
  readonly retake: () => Promise<void>;
  /** Shows a masked field of the pair on the stage, or masks it again. */
  readonly toggleMask: (field: MaskedField) => void;
  /** The page goes away: the draft is sent now. */
  readonly leave: () => void;
  /** Fetches again what did not arrive. */
  readonly reload: () => void;
  /** What the server says live that one holds: what is missing is asked for at once. */
  readonly hear: (leases: readonly LeaseRef[]) => void;
  /** Something else than a write found out that a lease is gone. */
  readonly leaseLost: (lease: LeaseRef) => void;
}

/** A reviewer's session at an empty desk. */
export function createReviewSession(parts: DeskParts): ReviewSession {
  const desk = createDesk(parts);
  const drafts = keepDrafts(desk);
  let serial = 0;
  let isNew = true;
  let heart: ReturnType<typeof beat> | null = null;

  function edit(change: (bench: Bench) => Bench): void {
    const { bench } = desk.state.get();
    // Whatever was led to is being filled in now; nothing leads there again by itself.
    if (bench !== null) desk.patch({ bench: change(bench), hint: null, attention: null });
  }

  function lead(gap: Gap, message: string): void {
    serial += 1;
    desk.patch({ hint: message, attention: { gap, serial } });
  }

  function move(change: (bench: Bench) => Bench): void {
    const before = desk.state.get().bench?.position;
    edit(change);
    if (desk.state.get().bench?.position === before) return;
    void openPair(desk);
  }

  return {
    state: desk.state,
    start(activity) {
      desk.attended.set(true);
      const ours = beat(desk, activity);
      heart = ours;
      void takeNext(desk);
      if (isNew) void offerUndoAgain(desk);
      isNew = false;
      return () => {
        desk.attended.set(false);
        ours.stop();
        if (heart === ours) heart = null;
        void drafts.flush();
      };
    },
    enter: (options) => enter(desk, options?.stop ?? false, move, lead),
    lead,
    hint: (message) => desk.patch({ hint: message }),
    edit,
    look: () => void look(desk),
    sealWith(viewing) {
      desk.viewing.current = viewing;
      return () => {
        if (desk.viewing.current === viewing) desk.viewing.current = null;
      };
    },
    askNewCapture() {
      edit((bench) => withNewCapture(bench, desk.media));
      const { bench } = desk.state.get();
      if (bench === null) return;
      const step = nextStep(bench, new Date(desk.now()));
      if (step.kind === "say_missing") lead("missing", MISSING_HINT);
      else if (bench.reveal === null) {
        desk.patch({ hint: NEW_CAPTURE_NEXT });
        desk.say(NEW_CAPTURE_NEXT);
      } else {
        const problem = outcomeProblem(bench, "inconclusive");
        if (problem !== null) desk.patch({ hint: problem });
      }
    },
    turn(by) {
      const before = desk.state.get().bench;
      move((bench) => turn(bench, by));
      if (before === null) return;
      const { work, position } = before;
      const reach = reachable(work);
      if (reach < 2) desk.patch({ hint: onlyOneWords(work) });
      else if (by === 1 && position === reach - 1 && reach < work.candidates.length)
        desk.patch({ hint: `Back at the first: seal candidate ${reach} before the next opens.` });
    },
    goTo: (position) => move((bench) => goTo(bench, position)),
    undo: () => undo(desk),
    async release(reason, until) {
      const { bench } = desk.state.get();
      await drafts.flush();
      // Chosen while something else is under way, it waits like a pause; for another case it is not meant.
      await untilIdle(desk);
      if (bench !== null && desk.isStill(bench)) await release(desk, reason, until);
    },
    async pause() {
      await drafts.flush();
      await pause(desk);
    },
    retake: () => retake(desk),
    toggleMask: (field) => void toggleMask(desk, field),
    leave: () => drafts.leave(),
    reload() {
      const { bench, reserved } = desk.state.get();
      if (bench !== null) desk.media.retry(bench.work.caseId);
      if (reserved !== null) desk.media.retry(reserved.caseId);
    },
    hear(leases) {
      const { bench, reserved, busy, lost } = desk.state.get();
      // While a lease changes hands, what was told before it is not true any more.
      if (bench === null || busy !== null || lost !== null) return;
      const held = (work: LeaseRef) =>
        leases.some((each) => each.caseId === work.caseId && each.fence === work.fence);
      if (!held(bench.work) || (reserved !== null && !held(reserved))) heart?.now();
    },
    leaseLost(lease) {
      const { bench, busy } = desk.state.get();
      // While a lease changes hands, reads under the old one may still be refused.
      if (
        busy === null &&
        bench?.work.fence === lease.fence &&
        bench.work.caseId === lease.caseId
      ) {
        void loseLease(desk);
      }
    },
  };
}

/** Why no other candidate can be shown now. */
function onlyOneWords({ candidates }: WorkCase): string {
  if (candidates.length === 0) return "This case has no candidate.";
  return candidates.length === 1
    ? "This case has one candidate only."
    : "Seal this candidate first; the next one opens then.";
}

async function enter(
  desk: Desk,
  stop: boolean,
  move: (change: (bench: Bench) => Bench) => void,
  lead: (gap: Gap, message: string) => void,
): Promise<void> {
  const { bench, lost, busy } = desk.state.get();
  if (busy !== null) return;
  if (lost !== null) return leaveLost(desk);
  if (bench === null) return takeNext(desk);
  const step = nextStep(bench, new Date(desk.now()));
  switch (step.kind) {
    case "rate":
      return desk.patch({
        hint: `Rate the pair with the keys ${groupWords("rate")}, then press Enter.`,
      });
    case "say_missing":
      return lead("missing", MISSING_HINT);
    case "look":
      return desk.patch({
        hint: `You have not looked yet: hold ${keyOf("look")} or press ${keyOf("cover")}.`,
      });
    case "seal":
      return seal(desk);
    case "amend":
      return amend(desk);
    case "leave_amending":
      return desk.patch({ bench: toggleAmending(bench), hint: null });
    case "next_candidate":
      return move((current) => goTo(current, step.position));
    case "reveal":
    case "go_on":
      return reveal(desk);
    case "choose_outcome":
      return desk.patch({
        hint: `Choose an outcome with the keys ${groupWords("outcome")}.`,
      });
    case "fill":
      return lead(step.gap, step.message);
    case "fix":
      return desk.patch({ hint: step.message });
    case "confirm":
      desk.say(`This outcome harms the person. ${TAKES_TWO} Press Enter once more to decide it.`);
      return desk.patch({ bench: { ...bench, armed: true }, hint: TAKES_TWO });
    case "decide":
      return decide(desk, step.outcome, stop);
  }
}

import { OUTCOME_WORDS, type Outcome } from "@secondlook/domain/decisions/outcome";
import type { ReleaseInput } from "../../../lib/contract.ts";
import { isRefusal } from "../../../lib/problem.ts";
import { keyOf } from "../my-keys.ts";
import { submission } from "./decision-form.ts";
import { attempt, type Desk, insist, whenIdle, whileBusy } from "./desk.ts";
import { openBench } from "./open-bench.ts";
import { leaseOf } from "./review-state.ts";
import { claim, layOut, loseLease, refusedBy } from "./taking.ts";

/**
 * Decides the case. Unless the reviewer stops here, the reserved case is painted before the server
 * has answered; a refused decision brings the old one back as it was.
 */
export async function decide(desk: Desk, outcome: Outcome, stop: boolean): Promise<void> {
  const { bench, reserved } = desk.state.get();
  if (bench === null) return;
  await whileBusy(desk, "deciding", async () => {
    desk.patch({ draft: "kept", attention: null });
    const ahead = !stop && reserved !== null;
    const sent = insist(
      desk,
      () => desk.api.submit(submission(bench, outcome, new Date(desk.now()))),
      () => true,
    );
    if (ahead) {
      // A case takes a moment to be drawn; that the key was heard is seen before.
      await desk.painted();
      if (desk.isStill(bench) && desk.state.get().lost === null) {
        desk.patch({ bench: openBench(reserved), reserved: null });
      }
    }
    const result = await sent;
    if (!result.ok) {
      desk.patch({ bench: { ...bench, armed: false }, reserved });
      refusedBy(desk, result.problem);
      return;
    }
    if (!ahead) desk.patch({ bench: null, phase: "starting" });
    desk.media.forget(bench.work.caseId);
    offerUndo(desk, {
      decisionId: result.value.decisionId,
      outcome,
      until: Date.parse(result.value.undoUntil),
      seconds: bench.work.rules.undoSeconds,
      bench,
    });
    desk.say(`Decided: ${OUTCOME_WORDS[outcome]}. Press ${keyOf("undo")} to undo.`);
    if (stop) return rest(desk);
    await claim(desk);
    const came = desk.state.get().bench;
    if (ahead && came !== null && came.work.caseId !== reserved.caseId) {
      const words = "A more urgent case came first.";
      desk.patch({ hint: words });
      desk.say(`Decided: ${OUTCOME_WORDS[outcome]}. ${words}`);
    }
  });
}

function offerUndo(desk: Desk, undo: NonNullable<ReturnType<typeof undoOf>>): void {
  desk.patch({ undo });
  void desk.wait(Math.max(0, undo.until - desk.now())).then(() => {
    if (undoOf(desk)?.decisionId === undo.decisionId) desk.patch({ undo: null });
  });
}

/** Offers what was decided just before the page was loaded anew, or in another tab. */
export async function offerUndoAgain(desk: Desk): Promise<void> {
  const result = await attempt(desk.api.undoable);
  if (!result.ok || result.value === null || undoOf(desk) !== null) return;
  const { decisionId, outcome, undoUntil } = result.value;
  const until = Date.parse(undoUntil);
  offerUndo(desk, { decisionId, outcome, until, seconds: Infinity, bench: null });
}

function undoOf(desk: Desk) {
  return desk.state.get().undo;
}

/** Takes the last decision back: its case is on the bench again, the one on screen waits. */
export async function undo(desk: Desk): Promise<void> {
  const decided = undoOf(desk);
  if (decided === null) return;
  // Right after a decision the next case is still being claimed; the key must not be lost then.
  await whenIdle(desk, "undoing", async () => {
    if (undoOf(desk)?.decisionId !== decided.decisionId) return;
    const result = await insist(
      desk,
      () => desk.api.undo(decided.decisionId),
      () => undoOf(desk) !== null,
    );
    if (result.ok) {
      desk.patch({ undo: null });
      layOut(desk, result.value, decided.bench ?? undefined);
      desk.say("Undone. The case is yours again.");
      return;
    }
    const isLost = isRefusal(result.problem, "lease_lost");
    if (isLost || isRefusal(result.problem, "undo_too_late")) desk.patch({ undo: null });
    // Taken back and lost at once: what lies on the desk has other leases now.
    if (isLost) await claim(desk);
    desk.patch({ hint: result.problem.message });
    desk.say(result.problem.message, { urgent: true });
  });
}

const AWAY = "Released: the case goes to somebody else.";
/** What became of a case that was given back. */
const RELEASED: Readonly<Record<ReleaseInput["reason"], string>> = {
  skip: "Skipped: somebody else may take the case; to you it can come again in half an hour.",
  snooze: "Snoozed: nobody gets the case until then.",
  language: AWAY,
  conflict_of_interest: AWAY,
  distressing: AWAY,
};

/** Gives the case back with a reason and takes the next. */
export async function release(
  desk: Desk,
  reason: ReleaseInput["reason"],
  until: Date | null,
): Promise<void> {
  const { bench } = desk.state.get();
  if (bench === null) return;
  await whileBusy(desk, "releasing", async () => {
    const input = { ...leaseOf(bench.work), reason, until: until?.toISOString() ?? null };
    const result = await insist(
      desk,
      () => desk.api.release(input),
      () => desk.isStill(bench),
    );
    if (!result.ok && !isRefusal(result.problem, "lease_lost")) {
      refusedBy(desk, result.problem);
      return;
    }
    desk.patch({ bench: null, phase: "starting", lost: null });
    desk.media.forget(bench.work.caseId);
    await claim(desk);
    desk.say(RELEASED[reason]);
    if (desk.state.get().bench !== null) desk.patch({ hint: RELEASED[reason] });
  });
}

/** Frees both leases until the reviewer goes on. */
export async function pause(desk: Desk): Promise<void> {
  // Pressed while the next case is claimed, it waits like an undo instead of being lost.
  await whenIdle(desk, "pausing", () => rest(desk));
}

async function rest(desk: Desk): Promise<void> {
  const result = await insist(desk, desk.api.pause, () => true);
  if (!result.ok) {
    refusedBy(desk, result.problem);
    return;
  }
  desk.patch({ phase: "paused", bench: null, reserved: null, lost: null });
  desk.media.keepOnly([]);
  desk.say("Paused. Press Enter to go on.");
}

/** Takes a lost case again, if nobody else has it. */
export async function retake(desk: Desk): Promise<void> {
  const { bench, lost } = desk.state.get();
  if (bench === null || lost === null) return;
  await whileBusy(desk, "retaking", async () => {
    const result = await attempt(() => desk.api.retake(bench.work.caseId));
    if (result.ok) {
      layOut(desk, result.value);
      desk.say("The case is yours again.");
    } else if (result.problem.kind === "refused") {
      await loseLease(desk, { free: false, why: lost.why });
      desk.patch({ hint: result.problem.message });
    } else desk.patch({ hint: result.problem.message });
  });
}

/** Leaves a lost case and takes the next. */
export async function leaveLost(desk: Desk): Promise<void> {
  const { bench } = desk.state.get();
  await whileBusy(desk, "claiming", async () => {
    desk.patch({ bench: null, phase: "starting", lost: null });
    if (bench !== null) desk.media.forget(bench.work.caseId);
    await claim(desk);
  });
}

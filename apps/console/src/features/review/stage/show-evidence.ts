import { type Bench, currentCandidate } from "../model/bench.ts";
import { switchEvidence, toggleExtent } from "../model/changes.ts";
import type { ReviewSession } from "../model/review-session.ts";
import type { SideName } from "../viewer/viewer-state.ts";

/** The next piece of evidence of a side, or why there is none. */
export function showNext(bench: Bench, session: ReviewSession, side: SideName): void {
  const count = evidenceOf(bench, side).length;
  if (count === 0) session.hint(`There is no evidence of a ${side}.`);
  else if (count === 1) session.hint(`This is all the evidence of the ${side}.`);
  else session.edit((current) => switchEvidence(current, side));
}

/** The whole picture of a side or its face again, or why there is none. */
export function showWhole(
  bench: Bench,
  session: ReviewSession,
  side: SideName,
  wanted: "screen" | "detail",
): void {
  const item = evidenceOf(bench, side)[bench.sides[side].index];
  if (item === undefined) session.hint(`There is no evidence of a ${side}.`);
  else if (item.kind === "face_clip") session.hint("A clip is always shown whole.");
  else session.edit((current) => toggleExtent(current, side, wanted));
}

function evidenceOf(bench: Bench, side: SideName) {
  return side === "probe" ? bench.work.probe.evidence : (currentCandidate(bench)?.evidence ?? []);
}

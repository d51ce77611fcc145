import { type Bench, currentCandidate } from "../model/bench.ts";
import { switchEvidence, toggleExtent } from "../model/changes.ts";
import { extentsOf } from "../model/prefetch.ts";
import type { ReviewSession } from "../model/review-session.ts";
import type { SideName } from "../viewer/viewer-state.ts";

const NO_MORE = {
  screen: "The whole picture is shown already.",
  detail: "This is shown with all its pixels already.",
} as const;

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
  else if (!extentsOf(item).includes(wanted)) session.hint(NO_MORE[wanted]);
  else session.edit((current) => toggleExtent(current, side, wanted));
}

function evidenceOf(bench: Bench, side: SideName) {
  return side === "probe" ? bench.work.probe.evidence : (currentCandidate(bench)?.evidence ?? []);
}

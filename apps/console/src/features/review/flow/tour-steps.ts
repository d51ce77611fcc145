import { allSealed, currentCandidate, hasLooked, judgementForm } from "../model/bench.ts";
import type { ReviewState } from "../model/review-state.ts";

/** What the tour says, in its order; it goes on by what one does, not by a key of its own. */
export const TOUR_STEPS = [
  "look",
  "rate",
  "seal",
  "next",
  "reveal",
  "outcome",
  "decide",
  "undo",
] as const;
export type TourStep = (typeof TOUR_STEPS)[number];

/** Where in the tour somebody is, from what lies on the desk; null where there is nothing to say. */
export function tourStep(state: Pick<ReviewState, "bench" | "undo" | "lost">): TourStep | null {
  const { bench, undo, lost } = state;
  if (undo !== null) return "undo";
  if (bench === null || lost !== null) return null;
  if (bench.amending) return "rate";
  const candidate = currentCandidate(bench);
  if (candidate !== undefined && candidate.sealed === null) {
    if (!hasLooked(bench)) return "look";
    return judgementForm(bench, candidate.candidateId).rating === null ? "rate" : "seal";
  }
  if (!allSealed(bench.work)) return "next";
  if (bench.reveal === null)
    return candidate === undefined && !hasLooked(bench) ? "look" : "reveal";
  return bench.form.outcome === null ? "outcome" : "decide";
}

/**
 * Whether the tour is over: once the undo that its last line speaks of is, or where the workbench goes
 * away with a decision, because nothing else waits.
 */
export function tourEnds(from: TourStep | null, to: TourStep | null | "workbench gone"): boolean {
  if (from === "undo") return to !== "undo";
  return from === "decide" && to === "workbench gone";
}

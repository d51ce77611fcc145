import { type Bench, currentCandidate } from "../model/bench.ts";
import { switchEvidence } from "../model/changes.ts";
import type { ReviewSession } from "../model/review-session.ts";
import { sidesOf, type SideName } from "../viewer/viewer-state.ts";
import type { StageControl } from "./stage-control.ts";

/** Shows a pinned frame of a clip, whatever that side shows now. */
export function showPin(
  session: ReviewSession,
  control: StageControl,
  pin: { readonly side: SideName; readonly evidenceId: string; readonly frame: number },
): void {
  const { viewer, clips } = control;
  const { side, evidenceId, frame } = pin;
  if (viewer.pictures.get()[side]?.shown.evidenceId === evidenceId) {
    clips.goTo(side, frame);
    return;
  }
  viewer.frameOf.set(evidenceId, frame);
  session.edit((bench) => {
    const index = evidenceOf(bench, side).findIndex((item) => item.evidenceId === evidenceId);
    return index < 0 ? bench : switchEvidence(bench, side, index);
  });
}

/** The next pinned frame of each side that is meant, round and round. */
export function nextPin(session: ReviewSession, control: StageControl, bench: Bench): void {
  const { viewer } = control;
  const { pins } = viewer.marks.get();
  for (const side of sidesOf(viewer.state.get().target)) {
    const all = evidenceOf(bench, side).flatMap(({ evidenceId }) =>
      (pins[evidenceId] ?? []).map((frame) => ({ side, evidenceId, frame })),
    );
    const shown = viewer.pictures.get()[side]?.shown.evidenceId;
    const frame = viewer.clips.get()[side]?.state.get().frame ?? -1;
    const at = all.findIndex((pin) => pin.evidenceId === shown && pin.frame === frame);
    const next = all[(at + 1) % Math.max(1, all.length)];
    if (next !== undefined) showPin(session, control, next);
  }
}

function evidenceOf(bench: Bench, side: SideName) {
  return side === "probe" ? bench.work.probe.evidence : (currentCandidate(bench)?.evidence ?? []);
}

import type { Hands, Handlers } from "./hands.ts";
import type { Bench } from "./model/bench.ts";
import { keyOf } from "./my-keys.ts";
import { toggleAlways, toggleCover } from "./stage/cover.ts";
import { nextPin } from "./stage/pins.ts";
import { showNext, showWhole } from "./stage/show-evidence.ts";
import type { StageControl } from "./stage/stage-control.ts";
import { pickAtCursor } from "./viewer/pointer.ts";

/** The keys of looking: evidence, its place and tone, comparing, and clips. */
export function stageKeys(bench: Bench, hands: Hands): Handlers {
  const { session, control, cover, toStage } = hands;
  const { does } = control;
  const { caseId } = bench.work;
  return {
    look: (event) => {
      cover.set({ ...cover.get(), held: event === "press" });
      if (event === "press") toStage();
    },
    cover: () => {
      cover.set(toggleCover(cover.get(), caseId));
      toStage();
    },
    never_cover: () => {
      cover.set(toggleAlways(cover.get()));
      toStage();
    },
    probe_evidence: () => showNext(bench, session, "probe"),
    candidate_evidence: () => showNext(bench, session, "candidate"),
    probe_whole: () => showWhole(bench, session, "probe", "screen"),
    candidate_whole: () => showWhole(bench, session, "candidate", "screen"),
    probe_detail: () => showWhole(bench, session, "probe", "detail"),
    candidate_detail: () => showWhole(bench, session, "candidate", "detail"),
    zoom_in: does.larger,
    zoom_out: does.smaller,
    pan_left: does.left,
    pan_right: does.right,
    pan_up: does.up,
    pan_down: does.down,
    reset: does.resetPlace,
    ...compareKeys(control),
    ...clipKeys(bench, hands),
  };
}

function compareKeys({ viewer, does }: StageControl): Handlers {
  return {
    mode_next: () => does.nextMode(1),
    mode_previous: () => does.nextMode(-1),
    mode_side: () => does.mode("side"),
    mode_wipe: does.wipe,
    mode_overlay: () => does.mode("overlay"),
    mode_flicker: () => does.mode("flicker"),
    mode_difference: () => does.mode("difference"),
    amount_less: does.amount(-1),
    amount_more: does.amount(1),
    target: () => does.target(),
    turn_right: does.turnRight,
    turn_left: does.turnLeft,
    tilt_right: does.tiltRight,
    tilt_left: does.tiltLeft,
    mirror: does.mirror,
    align_faces: () => does.alignFaces(),
    align_points: () => {
      if (viewer.state.get().picking === null) does.pickPoints();
      else pickAtCursor(viewer);
    },
    tone: does.toggleTone,
    tone_reset: does.resetTone,
  };
}

function clipKeys(bench: Bench, { session, control }: Hands): Handlers {
  const { clips, viewer } = control;
  const onClip = (act: () => void) => () => {
    const { probe, candidate } = viewer.clips.get();
    if (probe === null && candidate === null) {
      session.hint(
        `No clip is on the stage: ${keyOf("probe_evidence")} and ${keyOf("candidate_evidence")} show the next evidence.`,
      );
    } else act();
  };
  return {
    clip_play: onClip(() => clips.toggle()),
    clip_back: onClip(() => clips.step(-1)),
    clip_forward: onClip(() => clips.step(1)),
    clip_speed: onClip(() => clips.speed()),
    clip_loop: onClip(() => clips.loop()),
    clip_sharp: onClip(() => clips.sharp()),
    clip_pin: onClip(() => clips.pin()),
    clip_next_pin: () => nextPin(session, control, bench),
    clip_step: onClip(() => clips.inStep()),
  };
}

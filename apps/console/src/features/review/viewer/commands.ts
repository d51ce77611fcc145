import { announce } from "../../../lib/announce.ts";
import { amountOf, MODE_WORDS, nextMode, setMode, stepAmount } from "./compare-modes.ts";
import { flip, pan, resetPlace, turn, zoom } from "./moves.ts";
import { moveCursor } from "./picking.ts";
import { canAlign, modeOf } from "./places.ts";
import { startAligning } from "./pointer.ts";
import { prefersReducedMotion } from "./reduced-motion.ts";
import { resetTone } from "./tones.ts";
import { type Mode, type Target, type ViewerState } from "./viewer-state.ts";
import type { Viewer } from "./viewer.ts";

const PAN = 0.08;
const ZOOM = 1.25;
const QUARTER = Math.PI / 2;
const DEGREE = Math.PI / 180;

const TARGETS: readonly Target[] = ["both", "probe", "candidate"];
const TARGET_WORDS: Record<Target, string> = {
  both: "Both sides move alike.",
  probe: "Only the probe moves.",
  candidate: "Only the candidate moves.",
};

/** Whether the modes that show both in one place make sense now. */
function canCompare(viewer: Viewer): boolean {
  const { probe, candidate } = viewer.pictures.get();
  return probe !== null && candidate !== null;
}

/**
 * Everything that keys and the toolbar do to the stage, by name. `refuse` tells on screen why a
 * command does nothing now.
 */
export function viewerCommands(viewer: Viewer, refuse: (why: string) => void) {
  const { edit } = viewer;
  const change = (how: (state: ViewerState) => ViewerState) => () => edit(how);
  const mode = (wanted: Mode): void => {
    if (wanted !== "side" && !canCompare(viewer)) {
      refuse("There is no second picture to compare with.");
      return;
    }
    if (wanted === "flicker" && prefersReducedMotion()) {
      refuse("Flicker is off, as you asked for less motion.");
      return;
    }
    edit((state) => setMode(state, wanted));
    announce(MODE_WORDS[wanted]);
  };
  const arrow = (x: number, y: number) => () =>
    edit((state) =>
      state.picking === null ? pan(state, x * PAN, y * PAN) : moveCursor(state, -x, -y),
    );
  const middle = { x: 0, y: 0 };
  return {
    mode,
    nextMode(by: 1 | -1) {
      if (!canCompare(viewer)) mode("wipe");
      else mode(nextMode(viewer.state.get(), by, prefersReducedMotion()).mode);
    },
    /** A wipe; again, the other way. */
    wipe: () =>
      mode(modeOf(viewer.state.get(), viewer.pictures.get()) === "wipe" ? "wipe_across" : "wipe"),
    amount: (steps: number) => () => {
      const now = modeOf(viewer.state.get(), viewer.pictures.get());
      if (amountOf(now) === null) refuse("Only wipe, overlay and flicker have more or less of it.");
      else edit((state) => stepAmount(state, steps));
    },
    target(wanted?: Target) {
      const { target } = viewer.state.get();
      const next = wanted ?? TARGETS[(TARGETS.indexOf(target) + 1) % TARGETS.length] ?? "both";
      edit((state) => ({ ...state, target: next }));
      announce(TARGET_WORDS[next]);
    },
    larger: change((state) => zoom(state, ZOOM, middle)),
    smaller: change((state) => zoom(state, 1 / ZOOM, middle)),
    left: arrow(1, 0),
    right: arrow(-1, 0),
    up: arrow(0, 1),
    down: arrow(0, -1),
    turnRight: change((state) => turn(state, QUARTER)),
    turnLeft: change((state) => turn(state, -QUARTER)),
    tiltRight: change((state) => turn(state, DEGREE)),
    tiltLeft: change((state) => turn(state, -DEGREE)),
    mirror: change(flip),
    resetPlace: change(resetPlace),
    resetTone: change(resetTone),
    toggleTone: change((state) => ({ ...state, toneOpen: !state.toneOpen })),
    alignFaces() {
      const state = viewer.state.get();
      if (state.align === "faces") edit((now) => ({ ...now, align: "off" }));
      else if (canAlign(state, viewer.pictures.get(), "faces")) {
        edit((now) => ({ ...now, align: "faces", picking: null }));
        announce("Both faces lie on each other, by their boxes.");
      } else refuse("Upstream did not say where both faces are; align by the eyes.");
    },
    pickPoints() {
      if (canCompare(viewer)) startAligning(viewer);
      else refuse("There is no second picture to align with.");
    },
    leavePicking: change((state) => ({ ...state, picking: null })),
  };
}

export type ViewerCommands = ReturnType<typeof viewerCommands>;

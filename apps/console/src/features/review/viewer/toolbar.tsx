import { keepFocus } from "../keep-focus.ts";
import { useKeyOf } from "../my-keys.ts";
import type { ViewerCommands } from "./commands.ts";
import type { CompareCommand } from "./compare-keys.ts";
import { MODE_WORDS } from "./compare-modes.ts";
import { canAlign, modeOf } from "./places.ts";
import { prefersReducedMotion } from "./reduced-motion.ts";
import { compose } from "./similarity.ts";
import { ToneRow } from "./tone-row.tsx";
import { isNeutral } from "./tone.ts";
import { ToolButton } from "./tool-button.tsx";
import {
  type Mode,
  MODES,
  type Pictures,
  SIDES,
  sidesOf,
  START,
  type Target,
  type ViewerState,
} from "./viewer-state.ts";
import type { Viewer } from "./viewer.ts";
import classes from "./viewer.module.css";
import { useFact } from "./use-viewer.ts";

const MODE_COMMANDS: Readonly<Record<Mode, CompareCommand>> = {
  side: "mode_side",
  wipe: "mode_wipe",
  wipe_across: "mode_wipe",
  overlay: "mode_overlay",
  flicker: "mode_flicker",
  difference: "mode_difference",
};

const TARGETS: Readonly<Record<Target, { readonly words: string; readonly tip: string }>> = {
  both: { words: "Both", tip: "Moves and tones change both sides alike" },
  probe: { words: "Probe", tip: "Moves and tones change the probe alone" },
  candidate: { words: "Candidate", tip: "Moves and tones change the candidate alone" },
};

/** How the pair is looked at, above the stage. */
export function Toolbar({
  viewer,
  does,
  closed,
}: {
  readonly viewer: Viewer;
  readonly does: ViewerCommands;
  /** Nothing is on the stage to look at. */
  readonly closed: boolean;
}) {
  // Moving renders nothing here but the magnification, and that only when its figure changes.
  useFact(viewer.state, shownFacts);
  const state = viewer.state.get();
  const pair = useFact(viewer.pictures, isPair);
  const mode = pair ? state.mode : "side";
  const target = useKeyOf("target");
  const byFaces = useFact(viewer.pictures, hasFaces);
  const toned = tonedSides(state);
  return (
    <div className={classes.bars} inert={closed}>
      <div className={classes.toolbar} role="toolbar" aria-label="How the pair is looked at">
        <fieldset aria-label="Comparing">
          {MODES.map((each) => (
            <ToolButton
              key={each}
              icon={each}
              words={MODE_WORDS[each]}
              of={MODE_COMMANDS[each]}
              {...(each === "wipe_across" ? { how: ", again" } : {})}
              pressed={mode === each}
              off={whyOff(each, pair)}
              onPress={() => does.mode(each)}
            />
          ))}
        </fieldset>
        <fieldset className={classes.targets} aria-label="What moves">
          {(["both", ...SIDES] as const).map((id) => (
            <button
              key={id}
              type="button"
              className={classes.target}
              aria-pressed={state.target === id}
              data-tip={`${TARGETS[id].tip} · ${target}`}
              onMouseDown={keepFocus}
              onClick={() => does.target(id)}
            >
              {TARGETS[id].words}
            </button>
          ))}
        </fieldset>
        <fieldset aria-label="Place">
          <ToolButton icon="smaller" words="Smaller" of="zoom_out" onPress={does.smaller} />
          <span className={classes.scale} data-scale={scaleOf(state).toFixed(2)}>
            {scaleOf(state).toFixed(1)}×
          </span>
          <ToolButton icon="larger" words="Larger" of="zoom_in" onPress={does.larger} />
          <ToolButton icon="turn_left" words="Turn left" of="turn_left" onPress={does.turnLeft} />
          <ToolButton
            icon="turn_right"
            words="Turn right"
            of="turn_right"
            onPress={does.turnRight}
          />
          <ToolButton
            icon="mirror"
            words="Mirror"
            of="mirror"
            pressed={sidesOf(state.target).some((side) => state.mirror[side])}
            onPress={does.mirror}
          />
          <ToolButton
            icon="faces"
            words="Align by the faces’ boxes"
            of="align_faces"
            pressed={state.align === "faces"}
            off={byFaces ? null : "upstream did not say where both faces are"}
            onPress={() => does.alignFaces()}
          />
          <ToolButton
            icon="points"
            words="Align by the eyes"
            of="align_points"
            pressed={state.align === "points" || state.picking !== null}
            off={pair ? null : "there is no second picture"}
            onPress={() => does.pickPoints()}
          />
          <ToolButton
            icon="reset"
            words="Place and size as they were"
            of="reset"
            onPress={does.resetPlace}
          />
        </fieldset>
        <fieldset aria-label="Tone">
          <ToolButton
            icon="tone"
            words="Brightness, contrast, sharpness"
            of="tone"
            pressed={state.toneOpen}
            onPress={does.toggleTone}
          />
          {toned === null ? null : (
            <span className={classes.toned}>{TARGETS[toned].words} toned</span>
          )}
        </fieldset>
      </div>
      {state.toneOpen ? <ToneRow state={state} viewer={viewer} onReset={does.resetTone} /> : null}
    </div>
  );
}

/** Whose tone is not as it was; null where all is. */
function tonedSides({ tone }: ViewerState): Target | null {
  const [side, other] = SIDES.filter((each) => !isNeutral(tone[each]));
  return side === undefined ? null : other === undefined ? side : "both";
}

function whyOff(mode: Mode, pair: boolean): string | null {
  if (mode === "side") return null;
  if (!pair) return "there is no second picture";
  return mode === "flicker" && prefersReducedMotion() ? "off, as you asked for less motion" : null;
}

function scaleOf(state: ViewerState): number {
  if (state.target === "both") return state.view.scale;
  return compose(state.view, state.own[state.target]).scale;
}

function shownFacts(state: ViewerState): string {
  const { mode, target, mirror, align, picking, tone, toneOpen } = state;
  const scale = scaleOf(state).toFixed(2);
  return JSON.stringify([mode, target, mirror, align, picking !== null, tone, toneOpen, scale]);
}

function hasFaces(pictures: Pictures): boolean {
  return canAlign(START, pictures, "faces");
}

function isPair(pictures: Pictures): boolean {
  return modeOf({ mode: "wipe" }, pictures) === "wipe";
}

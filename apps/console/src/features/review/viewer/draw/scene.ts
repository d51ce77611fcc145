import { compose, type Similarity } from "../similarity.ts";
import { modeOf, onSurface, type Panes, panesOf, placesOf } from "../places.ts";
import type { Tone } from "../tone.ts";
import type { Mode, Picture, Pictures, SideName, ViewerState } from "../viewer-state.ts";

/** One picture on the drawing surface. */
export interface Layer {
  readonly picture: Picture;
  /** From pixels of the picture to pixels of the surface. */
  readonly place: Similarity;
  readonly tone: Tone;
}

/** Everything that one frame on the screen is drawn from. */
export interface Scene {
  /** The surface, in its own pixels. */
  readonly width: number;
  readonly height: number;
  readonly mode: Mode;
  /** Where it divides, in pixels from the left, or from the top for `wipe_across`. */
  readonly edge: number;
  readonly opacity: number;
  /** Which side flickers into view. */
  readonly front: SideName;
  readonly layers: Readonly<Record<SideName, Layer | null>>;
}

/** What draws scenes. */
export interface Painter {
  readonly kind: "gl" | "2d";
  /** Draws; true where a finer size of a picture is still to come with the next frame. */
  readonly draw: (scene: Scene) => boolean;
  readonly end: () => void;
}

/** How the stage looks now. */
export function sceneOf(
  state: ViewerState,
  pictures: Pictures,
  surface: {
    /** CSS pixels. */
    readonly width: number;
    readonly height: number;
    readonly density: number;
    readonly front: SideName;
  },
): Scene {
  const { density } = surface;
  const mode = modeOf(state, pictures);
  const panes = panesOf(mode, surface);
  const places = placesOf(state, pictures, panes);
  const [width, height] = [surface.width * density, surface.height * density];
  const layer = (side: SideName): Layer | null => {
    const [picture, place] = [pictures[side], places[side]];
    if (picture === null || place === null) return null;
    return {
      picture,
      place: compose(onSurface(panes[side], density), place),
      tone: state.tone[side],
    };
  };
  return {
    width: Math.round(width),
    height: Math.round(height),
    mode,
    edge: edgeOf(mode, state.split, panes, { width, height, density }),
    opacity: state.opacity,
    front: surface.front,
    layers: { probe: layer("probe"), candidate: layer("candidate") },
  };
}

function edgeOf(
  mode: Mode,
  split: number,
  panes: Panes,
  surface: { width: number; height: number; density: number },
): number {
  if (mode === "side") return panes.candidate.left * surface.density;
  return split * (mode === "wipe_across" ? surface.height : surface.width);
}

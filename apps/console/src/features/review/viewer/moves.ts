import {
  about,
  compose,
  IDENTITY,
  invert,
  type Point,
  shiftBy,
  type Similarity,
} from "./similarity.ts";
import { type SideName, sidesOf, type Target, type ViewerState } from "./viewer-state.ts";

export const MAX_SCALE = 16;
const MIN_SCALE = 0.5;
/** How far a picture's middle may leave the pane's, in pane units at scale 1. */
const ROOM = 0.75;

/** Magnifies by a factor; what lies under the point stays where it is, as long as it may. */
export function zoom(
  state: ViewerState,
  factor: number,
  at: Point,
  target = state.target,
): ViewerState {
  const { scale } = target === "both" ? state.view : compose(state.view, state.own[target]);
  const allowed = Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale * factor)) / scale;
  return move(state, about(at, { factor: allowed }), target);
}

export function pan(state: ViewerState, x: number, y: number, target = state.target): ViewerState {
  return move(state, shiftBy(x, y), target);
}

/** Turns about the middle of the pane, in radians clockwise. */
export function turn(state: ViewerState, angle: number): ViewerState {
  return move(state, about({ x: 0, y: 0 }, { angle }), state.target);
}

/** Swaps left and right of the pictures themselves, as a selfie camera does. */
export function flip(state: ViewerState): ViewerState {
  const mirror = { ...state.mirror };
  for (const side of sidesOf(state.target)) mirror[side] = !mirror[side];
  return { ...state, mirror };
}

/** Everything about place and turn as it was; the tone stays. */
export function resetPlace(state: ViewerState): ViewerState {
  return {
    ...state,
    view: IDENTITY,
    own: { probe: IDENTITY, candidate: IDENTITY },
    mirror: { probe: false, candidate: false },
    align: "off",
    picking: null,
  };
}

/** What was done to one picture alone. */
export interface OwnMoves {
  readonly own: Similarity;
  readonly mirror: boolean;
}

/** What was done to the picture on a side alone. */
export function ownMoves(state: ViewerState, side: SideName): OwnMoves {
  return { own: state.own[side], mirror: state.mirror[side] };
}

/**
 * Another picture came onto a side: what was done to the one before says nothing of it, and what was
 * done to it when it was there before is done again.
 */
export function changePicture(
  state: ViewerState,
  side: SideName,
  before: OwnMoves = { own: IDENTITY, mirror: false },
): ViewerState {
  return {
    ...state,
    own: { ...state.own, [side]: before.own },
    mirror: { ...state.mirror, [side]: before.mirror },
    picking: null,
  };
}

/** Moves what is on the screen: both sides by the shared move, or one by its own. */
function move(state: ViewerState, change: Similarity, target: Target): ViewerState {
  if (target === "both") return { ...state, view: within(compose(change, state.view)) };
  const seen = within(compose(change, compose(state.view, state.own[target])));
  const own = compose(invert(state.view), seen);
  return { ...state, own: { ...state.own, [target]: own } };
}

/** Nothing gets lost off the stage. */
function within(place: Similarity): Similarity {
  const room = ROOM * Math.max(1, place.scale);
  return {
    ...place,
    x: Math.min(room, Math.max(-room, place.x)),
    y: Math.min(room, Math.max(-room, place.y)),
  };
}

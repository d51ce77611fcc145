import type { PointPair } from "./align.ts";
import { panesOf, placesOf, type StageSize } from "./places.ts";
import { applyTo, type Point } from "./similarity.ts";
import {
  type Picking,
  type Pictures,
  type SideName,
  SIDES,
  type ViewerState,
} from "./viewer-state.ts";

/** Closer than this, as a ratio of the picture, two clicks are taken for one. */
const SAME_PLACE = 0.005;

/** The crosshair's first and its smallest step, in pane units. */
const STRIDE = 0.04;
const FINEST = 0.0025;
const AIM = { cursor: { x: 0, y: 0 }, step: STRIDE, heading: { x: 0, y: 0 } } as const;

/** Where the eyes are in a face's box, as ratios of it: what a frontal face has on average. */
const EYES = { left: 0.3, right: 0.7, height: 0.38 } as const;

/**
 * Starts to put two points on each side. Points of a probe that is still the same are kept while
 * candidates change; where both sides have theirs, one starts anew.
 */
export function startPicking(state: ViewerState, pictures: Pictures): ViewerState {
  const { probe, candidate } = pictures;
  if (probe === null || candidate === null) return state;
  const known = {
    probe: state.points[probe.key] ?? [],
    candidate: state.points[candidate.key] ?? [],
  };
  const anew = known.probe.length === 2 && known.candidate.length === 2;
  const put = anew ? { probe: [], candidate: [] } : known;
  const picking: Picking = { ...AIM, side: sideToDo(put) ?? "probe", put };
  return { ...state, mode: "side", picking };
}

/** Puts a point; the fourth one aligns. */
export function putPoint(
  state: ViewerState,
  pictures: Pictures,
  side: SideName,
  ratio: Point,
): ViewerState {
  const { picking } = state;
  if (picking === null) return state;
  const before = picking.put[side];
  const [first] = before;
  const again =
    first !== undefined &&
    before.length === 1 &&
    Math.hypot(first.x - ratio.x, first.y - ratio.y) < SAME_PLACE;
  if (again) return state;
  // A third click on one side starts that side anew.
  const put = { ...picking.put, [side]: before.length === 2 ? [ratio] : [...before, ratio] };
  const side2do = sideToDo(put);
  if (side2do !== undefined) {
    const cursor = side2do === side ? picking.cursor : AIM.cursor;
    return { ...state, picking: { ...AIM, side: side2do, cursor, put } };
  }
  const points: Record<string, PointPair> = { ...state.points };
  for (const each of SIDES) {
    const [one, other] = put[each];
    const picture = pictures[each];
    if (picture !== null && one && other) points[picture.key] = [one, other];
  }
  return { ...state, picking: null, points, align: "points" };
}

/**
 * Moves the keyboard's crosshair a step right (1) or left (−1), or down (1) or up (−1). Each turn back
 * halves the step, so that a dozen strokes reach any place.
 */
export function moveCursor(state: ViewerState, x: number, y: number): ViewerState {
  const { picking } = state;
  if (picking === null) return state;
  const { heading } = picking;
  const turnsBack = x * heading.x < 0 || y * heading.y < 0;
  const step = turnsBack ? Math.max(FINEST, picking.step / 2) : picking.step;
  const within = (value: number): number => Math.min(0.5, Math.max(-0.5, value));
  return {
    ...state,
    picking: {
      ...picking,
      step,
      cursor: {
        x: within(picking.cursor.x + x * step),
        y: within(picking.cursor.y + y * step),
      },
      heading: { x: x || heading.x, y: y || heading.y },
    },
  };
}

/** Brings the crosshair to where the next eye should be, if somebody said where the face is. */
export function aimAtEye(state: ViewerState, pictures: Pictures, stage: StageSize): ViewerState {
  const { picking } = state;
  if (picking === null) return state;
  const picture = pictures[picking.side];
  const place = placesOf(state, pictures, panesOf("side", stage))[picking.side];
  if (picture === null || place === null || picture.face === null) return state;
  const { face } = picture;
  const isFirst = picking.put[picking.side].length === 0;
  // Left and right are as the reviewer sees them.
  const eye = isFirst === place.mirror ? EYES.right : EYES.left;
  const at = applyTo(place, {
    x: (face.left + eye * face.width) * picture.width,
    y: (face.top + EYES.height * face.height) * picture.height,
  });
  return { ...state, picking: { ...picking, cursor: at } };
}

/** What is to be done next, in words. */
export function pickingWords(picking: Picking): string {
  const count = picking.put[picking.side].length;
  const eye = count === 0 ? "left" : "right";
  return `Mark the ${eye} eye of the ${picking.side}, as you see it`;
}

function sideToDo(put: Picking["put"]): SideName | undefined {
  return SIDES.find((side) => put[side].length < 2);
}

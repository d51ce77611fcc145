import type { PointPair } from "./align.ts";
import type { Point } from "./similarity.ts";
import {
  type Picking,
  type Pictures,
  type SideName,
  SIDES,
  type ViewerState,
} from "./viewer-state.ts";

/** Closer than this, as a ratio of the picture, two clicks are taken for one. */
const SAME_PLACE = 0.005;

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
  const picking: Picking = { side: sideToDo(put) ?? "probe", cursor: { x: 0, y: 0 }, put };
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
    const cursor = side2do === side ? picking.cursor : { x: 0, y: 0 };
    return { ...state, picking: { side: side2do, cursor, put } };
  }
  const points: Record<string, PointPair> = { ...state.points };
  for (const each of SIDES) {
    const [one, other] = put[each];
    const picture = pictures[each];
    if (picture !== null && one && other) points[picture.key] = [one, other];
  }
  return { ...state, picking: null, points, align: "points" };
}

/** Moves the keyboard's crosshair, in pane units. */
export function moveCursor(state: ViewerState, x: number, y: number): ViewerState {
  const { picking } = state;
  if (picking === null) return state;
  const within = (value: number): number => Math.min(0.5, Math.max(-0.5, value));
  const cursor = { x: within(picking.cursor.x + x), y: within(picking.cursor.y + y) };
  return { ...state, picking: { ...picking, cursor } };
}

/** What is to be done next, in words. */
export function pickingWords(picking: Picking): string {
  const count = picking.put[picking.side].length;
  const eye = count === 0 ? "left" : "right";
  return `Click the ${eye} eye of the ${picking.side}, as you see it`;
}

function sideToDo(put: Picking["put"]): SideName | undefined {
  return SIDES.find((side) => put[side].length < 2);
}

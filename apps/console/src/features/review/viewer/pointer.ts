import { announce } from "../../../lib/announce.ts";
import { pan, zoom } from "./moves.ts";
import { aimAtEye, pickingWords, putPoint, startPicking } from "./picking.ts";
import { inPane, modeOf, type Pane, panesOf, placesOf, ratioAt, unitOf } from "./places.ts";
import type { Point } from "./similarity.ts";
import type { SideName, Target } from "./viewer-state.ts";
import type { Viewer } from "./viewer.ts";

interface Hit {
  readonly side: SideName;
  readonly pane: Pane;
  readonly at: Point;
  /** What a move there means: the side under the pointer, unless both move alike. */
  readonly target: Target;
}

/** Where a pointer is, in CSS pixels from the stage's corner. */
export function hitOf(viewer: Viewer, at: Point): Hit {
  const state = viewer.state.get();
  const mode = modeOf(state, viewer.pictures.get());
  const panes = panesOf(mode, viewer.stage.get());
  const beside = mode === "side";
  const side = beside && at.x >= panes.candidate.left ? "candidate" : "probe";
  const target = state.target !== "both" && beside ? side : state.target;
  return { side, pane: panes[side], at: inPane(panes[side], at), target };
}

export function zoomAt(viewer: Viewer, at: Point, factor: number): void {
  const hit = hitOf(viewer, at);
  viewer.edit((state) => zoom(state, factor, hit.at, hit.target));
}

/** Moves what lay under the pointer along with it. */
export function drag(viewer: Viewer, hit: Hit, by: Point): void {
  const unit = unitOf(hit.pane);
  viewer.edit((state) => pan(state, by.x / unit, by.y / unit, hit.target));
}

/** Starts to put two points on each side, with the crosshair at the first eye. */
export function startAligning(viewer: Viewer): void {
  const pictures = viewer.pictures.get();
  viewer.edit((state) => aimAtEye(startPicking(state, pictures), pictures, viewer.stage.get()));
  sayNext(viewer);
}

/** Puts a point where a picture was clicked. */
export function pickAt(viewer: Viewer, at: Point): void {
  const { side, at: place } = hitOf(viewer, at);
  pickIn(viewer, side, place);
}

/** Puts a point at the keyboard's crosshair. */
export function pickAtCursor(viewer: Viewer): void {
  const { picking } = viewer.state.get();
  if (picking !== null) pickIn(viewer, picking.side, picking.cursor);
}

function pickIn(viewer: Viewer, side: SideName, at: Point): void {
  const pictures = viewer.pictures.get();
  const state = viewer.state.get();
  const picture = pictures[side];
  const place = placesOf(state, pictures, panesOf("side", viewer.stage.get()))[side];
  if (picture === null || place === null) return;
  const ratio = ratioAt(picture, place, at);
  if (ratio === undefined) return;
  viewer.edit((now) =>
    aimAtEye(putPoint(now, pictures, side, ratio), pictures, viewer.stage.get()),
  );
  sayNext(viewer);
}

/** Reads out what is to be marked next, or that it is done. */
function sayNext(viewer: Viewer): void {
  const { picking } = viewer.state.get();
  announce(
    picking === null ? "Both faces lie on each other, by the eyes." : `${pickingWords(picking)}.`,
  );
}

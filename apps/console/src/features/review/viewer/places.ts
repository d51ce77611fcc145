import { alignPoints, type Box, type PointPair, pointsOfBox } from "./align.ts";
import { applyTo, compose, IDENTITY, invert, type Point, type Similarity } from "./similarity.ts";
import {
  type Mode,
  type Picture,
  type Pictures,
  type SideName,
  type ViewerState,
} from "./viewer-state.ts";

/** A part of the stage, in CSS pixels from its upper left corner. */
export type Pane = Box;
export type Panes = Readonly<Record<SideName, Pane>>;

/** Comparing in one place needs two pictures; with one, both sides stay beside each other. */
export function modeOf(state: Pick<ViewerState, "mode">, pictures: Pictures): Mode {
  return pictures.probe === null || pictures.candidate === null ? "side" : state.mode;
}

/** In CSS pixels. */
export interface StageSize {
  readonly width: number;
  readonly height: number;
}

/** Where the sides lie: halves beside each other, or both on the whole stage. */
export function panesOf(mode: Mode, stage: StageSize): Panes {
  const { width, height } = stage;
  if (mode !== "side") {
    const whole = { left: 0, top: 0, width, height };
    return { probe: whole, candidate: whole };
  }
  const half = (width - 1) / 2;
  return {
    probe: { left: 0, top: 0, width: half, height },
    candidate: { left: half + 1, top: 0, width: half, height },
  };
}

/** The length of a pane unit, in CSS pixels. */
export function unitOf(pane: Pane): number {
  return Math.max(1, Math.min(pane.width, pane.height));
}

/** From pixels of a picture to pane units: the whole picture in the pane, mirrored if it is to be. */
function baseOf(picture: Picture, pane: Pane, mirror: boolean): Similarity {
  const fit = Math.min(pane.width / picture.width, pane.height / picture.height) / unitOf(pane);
  return {
    scale: fit,
    angle: 0,
    mirror,
    x: ((mirror ? 1 : -1) * fit * picture.width) / 2,
    y: (-fit * picture.height) / 2,
  };
}

/** From pixels of each picture to pane units, as the reviewer has put them. */
export function placesOf(
  state: ViewerState,
  pictures: Pictures,
  panes: Panes,
): Readonly<Record<SideName, Similarity | null>> {
  const bases = {
    probe: pictures.probe && baseOf(pictures.probe, panes.probe, state.mirror.probe),
    candidate:
      pictures.candidate && baseOf(pictures.candidate, panes.candidate, state.mirror.candidate),
  };
  const seen = (side: SideName, base: Similarity) =>
    compose(state.view, compose(state.own[side], base));
  const aligned = alignment(state, pictures, bases);
  return {
    probe: bases.probe && seen("probe", bases.probe),
    candidate: bases.candidate && seen("candidate", compose(aligned ?? IDENTITY, bases.candidate)),
  };
}

/** Whether both faces lie on each other now. */
export function canAlign(state: ViewerState, pictures: Pictures, by: "faces" | "points"): boolean {
  const pairs = marksOf({ ...state, align: by }, pictures);
  return pairs.probe !== undefined && pairs.candidate !== undefined;
}

function alignment(
  state: ViewerState,
  pictures: Pictures,
  bases: Readonly<Record<SideName, Similarity | null>>,
): Similarity | undefined {
  const { probe, candidate } = marksOf(state, pictures);
  if (!probe || !candidate || !bases.probe || !bases.candidate) return undefined;
  return alignPoints(throughBase(candidate, bases.candidate), throughBase(probe, bases.probe));
}

function throughBase([one, other]: PointPair, base: Similarity): PointPair {
  return [applyTo(base, one), applyTo(base, other)];
}

/** What alignment goes by on each side, in pixels of its picture. */
function marksOf(
  state: Pick<ViewerState, "align" | "points">,
  pictures: Pictures,
): Readonly<Record<SideName, PointPair | undefined>> {
  const of = (picture: Picture | null): PointPair | undefined => {
    if (picture === null || state.align === "off") return undefined;
    const { width, height, face } = picture;
    const inPixels = (point: Point): Point => ({ x: point.x * width, y: point.y * height });
    const pair =
      state.align === "points"
        ? state.points[picture.key]
        : face === null
          ? undefined
          : pointsOfBox(face);
    return pair && [inPixels(pair[0]), inPixels(pair[1])];
  };
  return { probe: of(pictures.probe), candidate: of(pictures.candidate) };
}

/** From pane units to pixels of the drawing surface, which has `density` of them to a CSS pixel. */
export function onSurface(pane: Pane, density: number): Similarity {
  return {
    ...IDENTITY,
    scale: unitOf(pane) * density,
    x: (pane.left + pane.width / 2) * density,
    y: (pane.top + pane.height / 2) * density,
  };
}

/** A place of the stage in pane units. */
export function inPane(pane: Pane, at: Point): Point {
  const unit = unitOf(pane);
  return {
    x: (at.x - pane.left - pane.width / 2) / unit,
    y: (at.y - pane.top - pane.height / 2) / unit,
  };
}

/** Which point of a picture lies there, as ratios; undefined beyond its edge. */
export function ratioAt(picture: Picture, place: Similarity, at: Point): Point | undefined {
  const pixel = applyTo(invert(place), at);
  const ratio = { x: pixel.x / picture.width, y: pixel.y / picture.height };
  const outside = ratio.x < 0 || ratio.y < 0 || ratio.x > 1 || ratio.y > 1;
  return outside ? undefined : ratio;
}

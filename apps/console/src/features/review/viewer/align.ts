import { normalAngle, type Point, type Similarity } from "./similarity.ts";

/** A rectangle; it may run past the edge of what it lies in. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Two places on a face, such as the eyes, in the same order on both sides. */
export type PointPair = readonly [Point, Point];

/** Closer together than this the direction from one point to the other says nothing. */
const LEAST_DISTANCE = 1e-6;

/**
 * The one similarity without a mirror that puts the points of `from` on those of `to`.
 *
 * @returns undefined where both points of a pair are the same.
 */
export function alignPoints(from: PointPair, to: PointPair): Similarity | undefined {
  const v = { x: from[1].x - from[0].x, y: from[1].y - from[0].y };
  const w = { x: to[1].x - to[0].x, y: to[1].y - to[0].y };
  const [before, after] = [Math.hypot(v.x, v.y), Math.hypot(w.x, w.y)];
  if (before < LEAST_DISTANCE || after < LEAST_DISTANCE) return undefined;
  const scale = after / before;
  const angle = normalAngle(Math.atan2(w.y, w.x) - Math.atan2(v.y, v.x));
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const [a, b] = [from[0], to[0]];
  return {
    scale,
    angle,
    mirror: false,
    x: b.x - (cos * a.x - sin * a.y),
    y: b.y - (sin * a.x + cos * a.y),
  };
}

/**
 * The middles of the upper and lower edge of a face's box. Put on each other, both faces have the
 * same height and place; a detector's box says nothing of how far a head is tilted.
 */
export function pointsOfBox({ left, top, width, height }: Box): PointPair {
  const x = left + width / 2;
  return [
    { x, y: top },
    { x, y: top + height },
  ];
}

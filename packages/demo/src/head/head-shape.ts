import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { bell, curve, smoothstep } from "../render/math.ts";
import { landmarksOf, type Landmarks } from "./landmarks.ts";
import { reliefOf } from "./relief.ts";

/** A point of the head's surface and whether it belongs to the face's front. */
export interface HeadShape {
  readonly landmarks: Landmarks;
  readonly top: number;
  readonly bottom: number;
  halfWidth(y: number): number;
  front(y: number): number;
  /** Writes x, y, z of the surface at angle `phi` (0 = front) and height `y` into `out`. */
  point(phi: number, y: number, out: Float32Array): void;
}

const roundSteps = 256;
/**
 * By the cosine of the angle, how far forward a cross-section reaches that is fuller than a circle:
 * a superellipse of power 2.45.
 */
const fuller = Float32Array.from(
  { length: roundSteps + 2 },
  (_, i) => (1 - Math.max(0, 1 - (i / roundSteps) ** 2) ** (2.45 / 2)) ** (1 / 2.45),
);

/** The surface of a person's head in one picture. */
export function headShape(person: Person, capture: Capture): HeadShape {
  const t = person.traits;
  const l = landmarksOf(person, capture);
  const wide = 1 + t.faceWidth * 0.075;
  const chin = l.chinY;
  const jaw = t.jawWidth + 0.15;
  const square = t.jawSquare;
  const fat = l.flesh;
  // Heights between the eyes and the chin stretch with the face.
  const low = (part: number): number => chin * part;
  const bottom = chin - 0.75;
  const top = 11.9;
  const halfWidth = curve(
    [
      [top, 0],
      [11.7, 2.0],
      [11.2, 3.6],
      [10.2, 5.2],
      [8.6, 6.5],
      [6.6, 7.1],
      [4.4, 7.35 + t.templeWidth * 0.3],
      [2, 7.3 + t.templeWidth * 0.35],
      [0, 7.2 + t.templeWidth * 0.14 + t.cheekbone * 0.12],
      [low(0.2), 7.05 + t.cheekbone * 0.4 + fat * 0.15],
      [low(0.4), 6.6 + jaw * 0.3 + fat * 0.42 + t.cheekbone * 0.1],
      [low(0.58), 6.0 + jaw * 0.6 + square * 0.25 + fat * 0.5],
      [low(0.74), 5.15 + jaw * 0.68 + square * 0.55 + fat * 0.45],
      [low(0.88), 3.95 + jaw * 0.45 + square * 0.45 + t.chinWidth * 0.4 + fat * 0.4],
      [low(0.97), 2.65 + t.chinWidth * 0.55 + square * 0.24 + fat * 0.25],
      [low(1.02), 1.85 + t.chinWidth * 0.38],
      [bottom, 0],
    ].map(([y, w]) => [y ?? 0, (w ?? 0) * wide] as const),
  );
  const front = curve([
    [top, -1],
    [11.7, 1.6],
    [11.2, 3.4],
    [10.2, 5.4],
    [8.6, 7.1],
    [6.6, 8.1],
    [4.6, 8.6],
    [2.6, 8.9],
    [1.2, 8.85],
    [0, 8.6],
    [low(0.2), 8.7],
    [low(0.4), 8.9],
    [low(0.6), 8.95],
    [low(0.75), 8.7],
    [low(0.86), 8.5 + t.chinForward * 0.25],
    [low(0.95), 8.5 + t.chinForward * 0.5],
    [low(1.0), 8.0 + t.chinForward * 0.45],
    [low(1.035), 7.1],
    [bottom, 5.3],
  ]);
  const back = curve([
    [top, -1],
    [11.7, -3.6],
    [11.2, -5.0],
    [10.2, -6.8],
    [8.6, -8.4],
    [6.6, -9.3],
    [4, -9.7],
    [1, -9.5],
    [-2, -8.6],
    [low(0.4), -6.6],
    [low(0.58), -4],
    [low(0.74), -0.8],
    [low(0.88), 2.2],
    [low(0.97), 4],
    [bottom, 5.2],
  ]);
  const middle = curve([
    [top, -1],
    [6, -1.2],
    [2, -0.9],
    [0, -0.6],
    [low(0.4), 0],
    [low(0.6), 0.8],
    [low(0.74), 1.9],
    [low(0.88), 3.5],
    [low(0.97), 4.7],
    [bottom, 5.25],
  ]);
  const relief = reliefOf(person, l);
  // Meshes are built row by row: what the height alone decides is worked out once for each.
  const row = { y: Number.NaN, wide: 0, mid: 0, forward: 0, behind: 0, full: 0, skew: 0 };
  const enter = (y: number): void => {
    row.y = y;
    row.wide = halfWidth(y);
    row.mid = middle(y);
    row.forward = front(y) - row.mid;
    row.behind = row.mid - back(y);
    row.full = bell(y, 0, 5);
    row.skew = l.noseSkew * bell(y, l.noseTipY, 1.6);
  };
  return {
    landmarks: l,
    top,
    bottom,
    halfWidth,
    front,
    point(phi, y, out) {
      if (y !== row.y) enter(y);
      const c = Math.cos(phi);
      let x = row.wide * Math.sin(phi);
      let z: number;
      if (c >= 0) {
        // Round at crown and chin, fuller at the height of the eyes.
        const step = c * roundSteps;
        const from = fuller[step | 0] ?? 0;
        const full = from + ((fuller[(step | 0) + 1] ?? 0) - from) * (step - (step | 0));
        z = row.mid + row.forward * (c + (full - c) * row.full);
        const facing = smoothstep(0.02, 0.5, c);
        if (facing > 0 && y < 9) {
          z += relief(x, y) * facing;
          x += row.skew * bell(x, 0, 1.6);
        }
      } else {
        z = row.mid + row.behind * c;
        // The back of the skull is rounder than its sides.
        x *= 1 - 0.04 * c * c;
      }
      out[0] = x;
      out[1] = y;
      out[2] = z;
    },
  };
}

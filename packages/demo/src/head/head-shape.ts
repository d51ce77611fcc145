import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { bell, blob, clamp, curve, mix, lineDistance, smoothstep } from "../render/math.ts";

/** Where the parts of one face lie, in centimetres from the point between the eyes; +x is the viewer's right. */
export interface Landmarks {
  readonly eyeX: number;
  readonly eyeHalfWidth: number;
  readonly eyeUpper: number;
  readonly eyeLower: number;
  /** Radians; the outer corner up. */
  readonly eyeTilt: number;
  readonly lidFold: number;
  readonly browY: number;
  readonly browInner: number;
  readonly browOuter: number;
  readonly browArch: number;
  readonly browTilt: number;
  readonly browThickness: number;
  readonly browSkew: number;
  readonly noseTipY: number;
  readonly noseBaseY: number;
  readonly noseHalfWidth: number;
  readonly noseSkew: number;
  readonly mouthY: number;
  readonly mouthHalfWidth: number;
  readonly mouthSkew: number;
  readonly cornerLift: number;
  readonly upperLip: number;
  readonly lowerLip: number;
  readonly cupidBow: number;
  readonly chinY: number;
  readonly hairlineY: number;
  /** 0 young … 1 old: folds, bags, thinner lips. */
  readonly age: number;
  readonly smile: number;
}

/** A point of the head's surface and whether it belongs to the face's front. */
export interface HeadShape {
  readonly landmarks: Landmarks;
  readonly top: number;
  readonly bottom: number;
  halfWidth(y: number): number;
  front(y: number): number;
  back(y: number): number;
  middle(y: number): number;
  /** Writes x, y, z of the surface at angle `phi` (0 = front) and height `y` into `out`. */
  point(phi: number, y: number, out: Float32Array): void;
}

export function landmarksOf(person: Person, capture: Capture): Landmarks {
  const t = person.traits;
  const age = clamp((person.ageYears + capture.ageOffsetYears - 22) / 50, 0, 1);
  const long = 1 + t.faceLength * 0.055;
  const noseTipY = (-4.15 - t.noseLength * 0.55 + t.noseTipUp * 0.25) * long;
  const noseBaseY = noseTipY - 0.95 + t.noseTipUp * 0.12;
  const mouthY = noseBaseY - 1.95 - t.philtrum * 0.3 - age * 0.15 + capture.smile * 0.2;
  return {
    eyeX: 3.15 + t.eyeSpacing * 0.3,
    eyeHalfWidth: 1.48 + t.eyeWidth * 0.16,
    eyeUpper: (0.535 + t.eyeOpening * 0.13 - age * 0.05) * (1 - capture.smile * 0.14) + capture.browRaise * 0.06,
    eyeLower: 0.46 + t.eyeOpening * 0.06 - capture.smile * 0.14,
    eyeTilt: 0.05 + t.eyeTilt * 0.11,
    lidFold: t.lidFold,
    browY: 2.0 + t.browHeight * 0.38 + capture.browRaise * 0.3,
    browInner: 1.25 + t.browGap * 0.35,
    browOuter: 5.0 + t.eyeWidth * 0.2,
    browArch: 0.42 + t.browArch * 0.32,
    browTilt: 0.04 + t.browTilt * 0.1,
    browThickness: 0.42 + t.browThickness * 0.17,
    browSkew: t.browSkew * 0.12,
    noseTipY,
    noseBaseY,
    noseHalfWidth: 1.62 + t.noseWidth * 0.36 + capture.smile * 0.1,
    noseSkew: t.noseSkew * 0.16,
    mouthY,
    mouthHalfWidth: 2.5 + t.mouthWidth * 0.36 + capture.smile * 0.48,
    mouthSkew: t.mouthSkew * 0.14,
    cornerLift: t.mouthCorner * 0.13 + capture.smile * 0.42 - age * 0.08,
    upperLip: (0.62 + t.upperLip * 0.3) * (1 - age * 0.3) * (1 - capture.smile * 0.2),
    lowerLip: (0.88 + t.lowerLip * 0.34) * (1 - age * 0.22) * (1 - capture.smile * 0.12),
    cupidBow: 0.5 + t.cupidBow * 0.4,
    chinY: mouthY - 3.9 - t.chinLength * 0.55 - t.faceLength * 0.2,
    hairlineY: 7.0 + t.foreheadHeight * 0.8 + person.hairRecession * 1.6,
    age,
    smile: capture.smile,
  };
}

export function headShape(person: Person, capture: Capture): HeadShape {
  const t = person.traits;
  const l = landmarksOf(person, capture);
  const wide = 1 + t.faceWidth * 0.06;
  const chin = l.chinY;
  const jaw = t.jawWidth;
  const square = t.jawSquare;
  const fat = t.cheekFullness;
  // Heights between the eyes and the chin stretch with the face.
  const low = (part: number): number => chin * part;
  const bottom = chin - 0.75;
  const top = 11.9;
  const halfWidth = curve([
    [top, 0], [11.7, 2.0], [11.2, 3.6], [10.2, 5.2], [8.6, 6.5], [6.6, 7.2], [4.4, 7.5 + t.templeWidth * 0.25], [2, 7.4 + t.templeWidth * 0.3],
    [0, 7.25 + t.templeWidth * 0.12], [low(0.2), 7.05 + t.cheekbone * 0.35], [low(0.4), 6.4 + jaw * 0.25 + fat * 0.3],
    [low(0.58), 5.7 + jaw * 0.5 + square * 0.2 + fat * 0.3], [low(0.74), 4.8 + jaw * 0.55 + square * 0.45 + fat * 0.2], [low(0.88), 3.6 + jaw * 0.35 + square * 0.35 + t.chinWidth * 0.3],
    [low(0.97), 2.45 + t.chinWidth * 0.45 + square * 0.2], [low(1.02), 1.75 + t.chinWidth * 0.3], [bottom, 0],
  ].map(([y, w]) => [y ?? 0, (w ?? 0) * wide] as const));
  const front = curve([
    [top, -1], [11.7, 1.6], [11.2, 3.4], [10.2, 5.4], [8.6, 7.1], [6.6, 8.1], [4.6, 8.6], [2.6, 8.9], [1.2, 8.85], [0, 8.55], [low(0.2), 8.6], [low(0.4), 8.8],
    [low(0.6), 8.95], [low(0.75), 8.7], [low(0.86), 8.5 + t.chinForward * 0.2], [low(0.95), 8.55 + t.chinForward * 0.45], [low(1.0), 8.05 + t.chinForward * 0.4], [low(1.035), 7.1], [bottom, 5.3],
  ]);
  const back = curve([
    [top, -1], [11.7, -3.6], [11.2, -5.0], [10.2, -6.8], [8.6, -8.4], [6.6, -9.3], [4, -9.7], [1, -9.5], [-2, -8.6], [low(0.4), -6.6], [low(0.58), -4], [low(0.74), -0.8], [low(0.88), 2.2], [low(0.97), 4], [bottom, 5.2],
  ]);
  const middle = curve([
    [top, -1], [6, -1.2], [2, -0.9], [0, -0.6], [low(0.4), 0], [low(0.6), 0.8], [low(0.74), 1.9], [low(0.88), 3.5], [low(0.97), 4.7], [bottom, 5.25],
  ]);
  const relief = reliefOf(person, l);
  return {
    landmarks: l, top, bottom, halfWidth, front, back, middle,
    point(phi, y, out) {
      const s = Math.sin(phi);
      const c = Math.cos(phi);
      const w = halfWidth(y);
      const mid = middle(y);
      let x = w * s;
      let z: number;
      if (c >= 0) {
        const power = 2 + 0.45 * bell(y, 0, 5);
        z = mid + (front(y) - mid) * (1 - Math.abs(s) ** power) ** (1 / power);
        const facing = smoothstep(0.02, 0.5, c);
        if (facing > 0 && y < 9) {
          z += relief(x, y) * facing;
          x += l.noseSkew * bell(y, l.noseTipY, 1.6) * bell(x, 0, 1.6);
        }
      } else {
        z = mid - (mid - back(y)) * -c;
        // The back of the skull is rounder than its sides.
        x *= 1 - 0.04 * c * c;
      }
      out[0] = x;
      out[1] = y;
      out[2] = z;
    },
  };
}

/** Height of the features over the plain head, in centimetres towards the viewer. */
function reliefOf(person: Person, l: Landmarks): (x: number, y: number) => number {
  const t = person.traits;
  const m = person.masculinity;
  const tip = l.noseTipY;
  const bagLine = lineDistance(l.eyeX - 1.1, -1.2, l.eyeX + 0.9, -1.35);
  const foldLine = lineDistance(l.noseHalfWidth + 0.2, l.noseBaseY + 0.7, l.mouthHalfWidth + 0.75, l.mouthY - 0.1);
  const bridge = curve([
    [2.2, 0], [1.2, 0.35 + t.noseBridgeHeight * 0.15], [0.2, 0.62 + t.noseBridgeHeight * 0.4], [tip * 0.35, 1.25 + t.noseBridgeHeight * 0.38 + t.noseHump * 0.28], [tip * 0.62, 1.85 + t.noseBridgeHeight * 0.25 + t.noseHump * 0.22],
    [tip + 0.35, 2.5 + t.noseBridgeHeight * 0.15], [tip - 0.12, 2.55], [tip - 0.45, 2.1 + t.noseTipUp * 0.1], [tip - 0.8, 1.1], [l.noseBaseY - 0.1, 0.3], [l.noseBaseY - 0.5, 0],
  ]);
  const spread = curve([
    [2.2, 0.8], [0.6, 0.55 + t.noseBridgeWidth * 0.12], [tip * 0.5, 0.72 + t.noseBridgeWidth * 0.16], [tip, 0.78 + t.noseTipSize * 0.16], [l.noseBaseY - 0.35, 0.8],
  ]);
  return (x, y) => {
    const side = Math.abs(x);
    const eyeDx = side - l.eyeX;
    let z = 0;
    // Sockets, lids, ridge of the brows.
    z -= (0.75 + t.eyeDepth * 0.3) * blob(eyeDx, y - 0.35, 1.9, 1.05);
    z -= (0.4 + t.noseBridgeHeight * 0.15) * blob(side - 1.5, y - 0.5, 0.6, 0.8);
    z += 0.62 * blob(eyeDx, y + 0.02, 1.15, 0.72);
    z += (0.18 + t.browRidge * 0.25 + m * 0.14) * blob(side - 2.4, y - l.browY - 0.1, 2.0, 0.6);
    z -= (0.06 + 0.1 * l.age + t.eyeBag * 0.06) * bell(bagLine(side, y), 0, 0.2);
    z += (0.08 + 0.14 * l.age + Math.max(0, t.eyeBag) * 0.14) * blob(eyeDx + 0.1, y + 0.85, 1.1, 0.32);
    if (y > l.noseBaseY - 1.2 && y < 4.5 && side < 3.4) {
      const width = spread(y);
      // The base rises to the sides, so that tip and wings stay round.
      z += bridge(y - 0.3 * Math.min(1.6, side) ** 2) * Math.exp(-((side / width) ** 2.1) * 0.6);
      z += (0.3 + t.noseTipSize * 0.16) * blob(side, y - tip + 0.05, 0.6, 0.5);
      const wing = l.noseHalfWidth - 0.45;
      z += (0.95 + t.noseWidth * 0.12) * blob(side - wing, y - l.noseBaseY - 0.6, 0.4, 0.42);
      z -= 0.55 * blob(side - wing + 0.42, y - l.noseBaseY - 0.1, 0.28, 0.17);
      z -= 0.22 * blob(side - wing - 0.62, y - l.noseBaseY - 0.5, 0.2, 0.55);
    }
    // Cheeks and the folds that a smile or age draws.
    z += (0.28 + t.cheekbone * 0.24) * blob(side - 4.7, y + 2.3, 1.6, 1.2);
    z += (t.cheekFullness * 0.45 - l.age * 0.3) * blob(side - 4.3, y + 5.4, 1.7, 2.0);
    z += l.smile * 0.55 * blob(side - 3.9, y + 3.9, 1.3, 1.1);
    const fold = foldLine(side, y);
    z -= (0.05 + 0.2 * l.age + 0.22 * l.smile) * bell(fold, 0, 0.22);
    z -= 0.25 * blob(side - 6.2, y - 3, 1, 1.6);
    // Mouth, with the lips as two rolls over a common rise.
    if (y < l.noseBaseY + 4) z += mouthRelief(l, x, y);
    z -= 0.32 * blob(x, y - mix(l.mouthY - l.lowerLip, l.chinY, 0.3), 1.7, 0.42);
    z += (0.3 + t.chinForward * 0.15) * blob(x, y - l.chinY - 0.95, 1.25 + t.chinWidth * 0.3, 0.75);
    z -= Math.max(0, t.chinWidth + m - 1.1) * 0.25 * blob(x, y - l.chinY - 0.85, 0.16, 0.5);
    return z;
  };
}

function mouthRelief(l: Landmarks, x: number, y: number): number {
  const along = x / l.mouthHalfWidth;
  const inside = 1 - along * along;
  const line = mouthLine(l, x);
  let z = 0.3 * blob(x, y - l.mouthY, 2.1, 1.5);
  z -= 0.1 * blob(x, y - (l.noseBaseY + l.mouthY) / 2 - 0.15, 0.26, 0.5);
  if (inside <= -0.4) return z;
  const open = clamp(inside, 0, 1);
  z += 0.34 * open * bell(y, line + l.upperLip * 0.5, l.upperLip * 0.42);
  z += 0.42 * open * bell(y, line - l.lowerLip * 0.52, l.lowerLip * 0.45);
  z -= 0.3 * clamp(inside + 0.25, 0, 1) * bell(y, line, 0.12);
  z -= (0.16 + l.smile * 0.25) * blob(Math.abs(x) - l.mouthHalfWidth - 0.1, y - line, 0.28, 0.3);
  return z;
}

/** Height of the line between the lips at `x`. */
export function mouthLine(l: Landmarks, x: number): number {
  const along = clamp(x / l.mouthHalfWidth, -1.2, 1.2);
  return l.mouthY + l.cornerLift * along * along - 0.07 * bell(x, 0, 0.5) + l.mouthSkew * along;
}

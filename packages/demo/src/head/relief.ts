import type { Person } from "../people/person.ts";
import { bell, blob, clamp, curve, lineDistance, mix } from "../render/math.ts";
import { mouthLine, type Landmarks } from "./landmarks.ts";

/** Height of the features over the plain head, in centimetres towards the viewer. */
export function reliefOf(person: Person, l: Landmarks): (x: number, y: number) => number {
  const t = person.traits;
  const m = person.masculinity;
  const tip = l.noseTipY;
  const bagLine = lineDistance(l.eyeX - 1.1, -1.2, l.eyeX + 0.9, -1.35);
  const foldLine = lineDistance(
    l.noseHalfWidth + 0.2,
    l.noseBaseY + 0.7,
    l.mouthHalfWidth + 0.75,
    l.mouthY - 0.1,
  );
  const bridge = curve([
    [2.2, 0],
    [1.2, 0.35 + t.noseBridgeHeight * 0.15],
    [0.2, 0.62 + t.noseBridgeHeight * 0.4],
    [tip * 0.35, 1.25 + t.noseBridgeHeight * 0.38 + t.noseHump * 0.28],
    [tip * 0.62, 1.85 + t.noseBridgeHeight * 0.25 + t.noseHump * 0.22],
    [tip + 0.35, 2.5 + t.noseBridgeHeight * 0.15],
    [tip - 0.12, 2.55],
    [tip - 0.45, 2.1 + t.noseTipUp * 0.1],
    [tip - 0.8, 1.1],
    [l.noseBaseY - 0.1, 0.3],
    [l.noseBaseY - 0.5, 0],
  ]);
  const spread = curve([
    [2.2, 0.8],
    [0.6, 0.55 + t.noseBridgeWidth * 0.12],
    [tip * 0.5, 0.72 + t.noseBridgeWidth * 0.16],
    [tip, 0.78 + t.noseTipSize * 0.16],
    [l.noseBaseY - 0.35, 0.8],
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
    z +=
      (0.08 + 0.14 * l.age + Math.max(0, t.eyeBag) * 0.14) * blob(eyeDx + 0.1, y + 0.85, 1.1, 0.32);
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

import type { Person } from "../people/person.ts";
import { blob, bumpField, clamp, curve, fall, lineDistance, mix } from "../render/math.ts";
import { mouthLine, type Landmarks } from "./landmarks.ts";

/** Height of the features over the plain head, in centimetres towards the viewer. */
export function reliefOf(person: Person, l: Landmarks): (x: number, y: number) => number {
  const t = person.traits;
  const m = person.masculinity;
  const nose = noseRelief(person, l);
  const bagLine = lineDistance(l.eyeX - 1.1, -1.2, l.eyeX + 0.9, -1.35);
  const foldLine = lineDistance(
    l.noseHalfWidth + 0.35,
    l.noseBaseY + 0.7,
    l.mouthHalfWidth + 0.75,
    l.mouthY - 0.1,
  );
  const thin = Math.max(0, -l.flesh);
  const full = Math.max(0, l.flesh);
  const fold = 0.05 + 0.2 * l.age + 0.2 * l.smile + full * 0.06;
  const groove = (l.noseBaseY + l.mouthY + l.upperLip) / 2;
  const chinDimple = l.mouthY - l.lowerLip + (l.chinY - l.mouthY + l.lowerLip) * 0.3;
  const plain = bumpField([
    // Sockets, lids, ridge of the brows, temples.
    [-0.62 - t.eyeDepth * 0.34, l.eyeX, 0.35, 1.9, 1.05],
    [-0.34 - t.noseBridgeHeight * 0.16, 1.6, 0.45, 0.62, 0.8],
    [0.58, l.eyeX, -0.02, 1.2, 0.74],
    [0.16 + t.browRidge * 0.3 + m * 0.16, 2.6, l.browY + 0.1, 2.0, 0.62],
    [-0.2 + t.templeWidth * 0.12, 6.2, 3, 1, 1.8],
    [0.16 * (1 - m * 0.4), 2.3, 5.2, 1.8, 1.2],
    [0.06 + 0.12 * l.age + Math.max(0, t.eyeBag) * 0.15, l.eyeX - 0.1, -0.85, 1.1, 0.32],
    // Cheeks, and how a smile lifts them.
    [0.26 + t.cheekbone * 0.32 + thin * 0.1, 4.8, -2.2, 1.7, 1.15],
    [l.flesh * 0.5 - l.age * 0.28 + 0.1, 4.2, -5.6, 1.8, 2.1],
    [l.smile * 0.5, 3.9, -3.9, 1.35, 1.15],
    // The mouth's mound, the groove over it with its two edges, the chin.
    [0.32, 0, l.mouthY, 2.2, 1.5],
    [-0.12, 0, groove, 0.26, 0.5],
    [0.06, 0.5, groove, 0.22, 0.5],
    [-0.26 + full * 0.08, 0, chinDimple, 1.7, 0.42],
    [0.28 + t.chinForward * 0.18, 0, l.chinY + 0.95, 1.3 + t.chinWidth * 0.42, 0.78],
    [-Math.max(0, t.chinWidth + m - 1.1) * 0.25, 0, l.chinY + 0.85, 0.16, 0.5],
  ]);
  return (x, y) => {
    const side = Math.abs(x);
    let z = plain(side, y);
    if (y > -2.6 && y < 0)
      z -= (0.04 + 0.1 * l.age + t.eyeBag * 0.05) * fall((bagLine(side, y) / 0.2) ** 2);
    if (y > l.noseBaseY - 1.2 && y < 3.6 && side < 3.8) z += nose(side, y);
    // The folds that a smile or age draws.
    if (y > l.mouthY - 1.4 && y < l.noseBaseY + 2)
      z -= fold * fall((foldLine(side, y) / 0.26) ** 2);
    if (y > l.mouthY - 3 && y < l.noseBaseY + 1) z += lipRelief(l, x, y);
    return z;
  };
}

/** The nose for one side: a rounded ridge on a broad base, a ball at its tip, two wings with nostrils under them. */
function noseRelief(person: Person, l: Landmarks): (side: number, y: number) => number {
  const t = person.traits;
  const tip = l.noseTipY;
  const height = curve([
    [3.4, 0],
    [2.2, 0.08],
    [1.2, 0.3 + t.noseBridgeHeight * 0.14],
    [0.2, 0.56 + t.noseBridgeHeight * 0.36],
    [tip * 0.35, 1.08 + t.noseBridgeHeight * 0.36 + t.noseHump * 0.32],
    [tip * 0.62, 1.5 + t.noseBridgeHeight * 0.26 + t.noseHump * 0.28],
    [tip + 0.4, 1.9 + t.noseBridgeHeight * 0.16 + t.noseForward * 0.3],
    [tip - 0.1, 1.92 + t.noseForward * 0.32],
    [tip - 0.5, 1.42 + t.noseTipUp * 0.14 + t.noseForward * 0.24],
    [tip - 0.85, 0.8 + t.noseForward * 0.1],
    [l.noseBaseY - 0.15, 0.34],
    [l.noseBaseY - 0.8, 0],
  ]);
  const ridge = curve([
    [3.4, 0.95],
    [1.6, 0.7 + t.noseBridgeWidth * 0.12],
    [0.4, 0.52 + t.noseBridgeWidth * 0.13],
    [tip * 0.5, 0.58 + t.noseBridgeWidth * 0.15],
    [tip, 0.72 + t.noseTipSize * 0.14],
    [l.noseBaseY - 0.4, 0.8],
  ]);
  const base = curve([
    [3.4, 1.2],
    [0.4, 1.05 + t.noseBridgeWidth * 0.14],
    [tip * 0.55, 1.25 + t.noseBridgeWidth * 0.12 + t.noseWidth * 0.08],
    [tip + 0.2, 1.3 + t.noseWidth * 0.2],
    [tip - 0.5, 1.05 + t.noseWidth * 0.15],
    [l.noseBaseY - 0.4, 0.85 + t.noseWidth * 0.1],
  ]);
  const wing = l.noseHalfWidth - 0.42;
  const plain = bumpField([
    [0.34 + t.noseTipSize * 0.17, 0, tip + 0.02, 0.66 + t.noseTipSize * 0.16, 0.56],
    [0.66 + t.noseWidth * 0.1, wing, l.noseBaseY + 0.6, 0.44, 0.44],
    [-0.14, wing - 0.55, l.noseBaseY + 0.95, 0.2, 0.4],
    [-0.4, wing - 0.3, l.noseBaseY + 0.06, 0.32, 0.18],
    [-0.2, wing + 0.68, l.noseBaseY + 0.55, 0.2, 0.5],
  ]);
  let row = Number.NaN;
  let narrow = 1;
  let broad = 1;
  return (side, y) => {
    if (y !== row) {
      row = y;
      narrow = 1 / ridge(y);
      broad = 1 / base(y);
    }
    // The underside rises outward, so that tip and wings stay round.
    const h = height(y - 0.3 * Math.min(1.3, side) ** 2);
    return (
      plain(side, y) + h * (0.56 * fall((side * narrow) ** 2) + 0.44 * fall((side * broad) ** 2))
    );
  };
}

function lipRelief(l: Landmarks, x: number, y: number): number {
  const along = x / l.mouthHalfWidth;
  const inside = 1 - along * along;
  if (inside <= -0.4) return 0;
  const line = mouthLine(l, x);
  const open = clamp(inside, 0, 1);
  let z = 0.3 * open * fall(((y - line - l.upperLip * 0.5) / (l.upperLip * 0.46)) ** 2);
  z += 0.4 * open * fall(((y - line + l.lowerLip * 0.52) / (l.lowerLip * 0.48)) ** 2);
  z -= 0.26 * clamp(inside + 0.25, 0, 1) * fall(((y - line) / 0.13) ** 2);
  z -= mix(0.14, 0.36, l.smile) * blob(Math.abs(x) - l.mouthHalfWidth - 0.1, y - line, 0.3, 0.32);
  return z;
}

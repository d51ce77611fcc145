import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { bell, blob, clamp, smoothstep } from "../render/math.ts";
import type { Noise } from "../render/noise.ts";
import type { Landmarks } from "./landmarks.ts";

/** How much of the skin the brow's hairs hide at a spot. */
export function browCover(l: Landmarks, x: number, y: number, noise: Noise): number {
  const side = Math.abs(x);
  const along = (side - l.browInner) / (l.browOuter - l.browInner);
  if (along < -0.12 || along > 1.12) return 0;
  const middle =
    l.browY +
    l.browArch * (Math.sin(clamp(along * 0.92 + 0.04, 0, 1) * Math.PI * 0.82) - 0.35) +
    l.browTilt * (along - 0.4) * 2 +
    Math.sign(x) * l.browSkew;
  const thick =
    l.browThickness *
    (0.62 + 0.5 * bell(along, 0.25, 0.3)) *
    (1 - 0.62 * smoothstep(0.5, 1.05, along));
  const across = (y - middle) / thick;
  if (across < -1.8 || across > 1.8) return 0;
  const hairs = noise.at(
    side * 11 - across * (2.4 - along * 2.6),
    across * 0.7 + along * 3 + (x > 0 ? 70 : 20),
  );
  const body =
    (1 - across * across * 0.75) * smoothstep(-0.1, 0.14, along) * smoothstep(1.1, 0.8, along);
  return clamp(body * 1.1 + hairs * 0.42 * (1.2 - body) - 0.1, 0, 1);
}

/** Makes the function that tells how much of the skin beard or shaved growth hides at a spot. */
export function beardCover(
  person: Person,
  capture: Capture,
  l: Landmarks,
): (x: number, y: number) => number {
  const { beard } = capture;
  const shaved = 0.13 * (1 - person.hairLightness);
  const { mouthY, lowerLip, mouthHalfWidth, chinY } = l;
  const lipY = (l.noseBaseY + mouthY + l.upperLip) / 2 + 0.02;
  return (x, y) => {
    const side = Math.abs(x);
    const cheek = mouthY + 1.5 + (side - 4.4) * 1.25;
    const strap =
      smoothstep(cheek + 1.1, cheek - 1.1, y) *
      smoothstep(1.4, 3.4, side + Math.max(0, mouthY - y) * 2);
    const lip = blob(x, y - lipY, 2.3, 0.46);
    const chin =
      smoothstep(mouthY - lowerLip - 0.35, mouthY - lowerLip - 0.8, y) * smoothstep(3.1, 1.9, side);
    const line = blob(side - mouthHalfWidth - 0.35, y - mouthY + 0.5, 0.4, 0.9);
    const whole = clamp(Math.max(strap, lip * 1.6, chin, line), 0, 1);
    switch (beard) {
      case "none":
        return whole * shaved;
      case "stubble":
        return whole * 0.42;
      case "moustache":
        return Math.max(clamp(lip * 1.5 - 0.15, 0, 1), whole * 0.16);
      case "goatee":
        return Math.max(
          clamp(
            Math.max(
              lip * 1.35 - 0.1,
              chin * blob(x, y - chinY - 0.9, 1.25, 1.2) * 1.5,
              line * 0.8,
            ),
            0,
            1,
          ),
          whole * 0.2,
        );
      case "full":
        return whole;
    }
  };
}

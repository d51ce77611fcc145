import type { FaceBox } from "@secondlook/domain/evidence/face-box";
import { type Orientation, uprightPoint } from "./orientation.ts";

/** Whole pixels of the upright picture. */
export interface PixelArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Hair, ears and chin lie outside detectors' boxes; reviewers compare them too. */
const MARGIN = 0.4;

/**
 * The crop round a face: the box turned upright, widened by its margin at each side, clamped to the
 * picture. Undefined where no part of the box lies in the picture.
 */
export function faceCrop(
  box: FaceBox,
  orientation: Orientation,
  picture: { readonly width: number; readonly height: number },
): PixelArea | undefined {
  const turn = box.space === "stored" ? orientation : 1;
  const [x1, y1] = uprightPoint(turn, box.left, box.top);
  const [x2, y2] = uprightPoint(turn, box.left + box.width, box.top + box.height);
  const x = span(x1, x2, picture.width);
  const y = span(y1, y2, picture.height);
  return x && y && { left: x.from, top: y.from, width: x.size, height: y.size };
}

/** One side of the crop, in pixels; undefined where the ratios don't touch the picture. */
function span(a: number, b: number, pixels: number): { from: number; size: number } | undefined {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  const touches = low < 1 && high > 0 && high > low;
  if (!touches) return undefined;
  const margin = (high - low) * MARGIN;
  // Turning a box leaves rounding errors in its ratios; they must not move the crop by a pixel.
  const error = 1e-6;
  const from = Math.max(0, Math.min(pixels - 1, Math.floor((low - margin) * pixels + error)));
  const to = Math.min(pixels, Math.max(from + 1, Math.ceil((high + margin) * pixels - error)));
  return { from, size: to - from };
}

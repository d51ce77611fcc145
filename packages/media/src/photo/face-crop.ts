import type { FaceBox, FaceIn } from "@secondlook/domain/evidence/face-box";
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

/** Detectors overshoot by a pixel or two; a face that runs this far past an edge misses something. */
const MISSING = 0.03;

export interface FaceCrop {
  /** What is cut out: the box widened at each side and clamped to the picture. */
  readonly area: PixelArea;
  /** The box itself, clamped, in pixels of the crop. */
  readonly face: PixelArea;
  /** A part of the box lies outside the picture. */
  readonly isCutOff: boolean;
}

/** The crop round a face, turned upright. Undefined where no part of the box lies in the picture. */
export function faceCrop(
  box: FaceBox,
  orientation: Orientation,
  picture: { readonly width: number; readonly height: number },
): FaceCrop | undefined {
  const turn = box.space === "stored" ? orientation : 1;
  const [x1, y1] = uprightPoint(turn, box.left, box.top);
  const [x2, y2] = uprightPoint(turn, box.left + box.width, box.top + box.height);
  const x = span(x1, x2, picture.width);
  const y = span(y1, y2, picture.height);
  if (!x || !y) return undefined;
  const area = { left: x.from, top: y.from, width: x.size, height: y.size };
  const face = {
    left: x.faceFrom - x.from,
    top: y.faceFrom - y.from,
    width: x.faceSize,
    height: y.faceSize,
  };
  return { area, face, isCutOff: x.isCutOff || y.isCutOff };
}

/** Where the face lies in the whole upright picture and in its crop, both as ratios. */
export function faceInPicture(
  box: FaceBox,
  orientation: Orientation,
  picture: { readonly width: number; readonly height: number },
  crop: PixelArea,
): FaceIn {
  const turn = box.space === "stored" ? orientation : 1;
  const [x1, y1] = uprightPoint(turn, box.left, box.top);
  const [x2, y2] = uprightPoint(turn, box.left + box.width, box.top + box.height);
  const whole = {
    left: Math.min(x1, x2),
    top: Math.min(y1, y2),
    width: Math.abs(x2 - x1),
    height: Math.abs(y2 - y1),
  };
  return {
    whole,
    face: {
      left: (whole.left * picture.width - crop.left) / crop.width,
      top: (whole.top * picture.height - crop.top) / crop.height,
      width: (whole.width * picture.width) / crop.width,
      height: (whole.height * picture.height) / crop.height,
    },
  };
}

/** One side of the crop, in pixels; undefined where the ratios don't touch the picture. */
function span(a: number, b: number, pixels: number) {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  const touches = low < 1 && high > 0 && high > low;
  if (!touches) return undefined;
  const margin = (high - low) * MARGIN;
  const [from, to] = clamp(low - margin, high + margin, pixels);
  const [faceFrom, faceTo] = clamp(low, high, pixels);
  const isCutOff = Math.max(-low, high - 1) > (high - low) * MISSING;
  return { from, size: to - from, faceFrom, faceSize: faceTo - faceFrom, isCutOff };
}

/** Ratios as pixels of the picture, at least one of them. */
function clamp(low: number, high: number, pixels: number): readonly [from: number, to: number] {
  // Turning a box leaves rounding errors in its ratios; they must not move the crop by a pixel.
  const error = 1e-6;
  const from = Math.max(0, Math.min(pixels - 1, Math.floor(low * pixels + error)));
  return [from, Math.min(pixels, Math.max(from + 1, Math.ceil(high * pixels - error)))];
}

import type { PhotoMark } from "@secondlook/domain/evidence/prepared";
import type { FaceCrop, PixelArea } from "./face-crop.ts";
import { meanLuma, type Raster, shareDarker } from "./raster.ts";

/** Below these a reviewer can't judge the face, and is told so. */
const SMALLEST_SIDE = 80;
const DARKEST_LUMA = 40;
/** A picture of which so much is dark has no place left for a well-lit face. */
const DARK_SHARE = 0.99;

/** A damaged part is a band of one colour across the face, at least this much of its height. */
const FLAT_SHARE = 0.12;
/** JPEG leaves a flat area this flat, in 8-bit steps; skin, hair and glare are not. */
const FLAT_STEPS = 3;

/**
 * What a reviewer must be told about a face: that it is small, dark, damaged or not wholly there.
 * `crop` is the cut-out, scaled down or not, and `thumb` a smaller one of it.
 */
export function faceMarks(found: FaceCrop, crop: Raster, thumb: Raster): PhotoMark[] {
  const marks: PhotoMark[] = [];
  if (found.isCutOff) marks.push("face_cut_off");
  if (Math.min(found.area.width, found.area.height) < SMALLEST_SIDE) marks.push("face_too_small");
  // Only a crop tells how dark the face is: a whole photo may be dark round a well-lit face.
  if (meanLuma(thumb) < DARKEST_LUMA) marks.push("face_too_dark");
  if (hasFlatBand(crop, scaled(found, crop))) marks.push("face_damaged");
  return marks;
}

/** What holds of a face wherever it is in a picture; `thumb` is a smaller one of the picture. */
export function anywhereMarks(picture: Raster, thumb: Raster): PhotoMark[] {
  const marks: PhotoMark[] = [];
  if (Math.min(picture.width, picture.height) < SMALLEST_SIDE) marks.push("face_too_small");
  if (shareDarker(thumb, DARKEST_LUMA) > DARK_SHARE) marks.push("face_too_dark");
  return marks;
}

/** The face's place in a crop that was scaled down. */
function scaled({ area, face }: FaceCrop, crop: Raster): PixelArea {
  const [x, y] = [crop.width / area.width, crop.height / area.height];
  const left = Math.min(crop.width - 1, Math.round(face.left * x));
  const top = Math.min(crop.height - 1, Math.round(face.top * y));
  return {
    left,
    top,
    width: Math.max(1, Math.min(crop.width - left, Math.round(face.width * x))),
    height: Math.max(1, Math.min(crop.height - top, Math.round(face.height * y))),
  };
}

/**
 * Whether rows of one colour lie across the face, as decoders fill the rest of a cut picture: what
 * was cut, shown, and saved again is a whole file, and only this tells.
 */
function hasFlatBand({ data, width, channels }: Raster, face: PixelArea): boolean {
  const needed = Math.max(4, Math.ceil(face.height * FLAT_SHARE));
  let first = 0;
  let rows = 0;
  for (let y = face.top; y < face.top + face.height; y += 1) {
    const start = (y * width + face.left) * channels;
    if (rows > 0 && isAlike(data, start, first, channels)) rows += 1;
    else {
      rows = 1;
      first = start;
    }
    for (let x = 1; x < face.width; x += 1)
      if (!isAlike(data, start + x * channels, first, channels)) {
        rows = 0;
        break;
      }
    if (rows === needed) return true;
  }
  return false;
}

function isAlike(data: Uint8Array, a: number, b: number, channels: number): boolean {
  for (let c = 0; c < channels; c += 1)
    if (Math.abs((data[a + c] ?? 0) - (data[b + c] ?? 0)) > FLAT_STEPS) return false;
  return true;
}

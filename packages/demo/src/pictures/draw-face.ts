import sharp from "sharp";
import { createModel } from "../head/portrait.ts";
import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { createRandom } from "../people/random.ts";
import { finishPicture, type FinishOptions, type Picture, type RawPicture } from "./finish.ts";
import { createGrain } from "./grain.ts";

export interface FacePictureOptions extends Partial<FinishOptions> {
  readonly person: Person;
  readonly capture: Capture;
  /** Size of the finished picture in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Draws a person larger than asked and shrinks it, so that edges are smooth; then lens blur and noise. */
export async function drawFacePixels(options: FacePictureOptions): Promise<RawPicture> {
  const { person, capture, width, height } = options;
  const oversize = height > 450 ? 1.35 : 1.4;
  const model = createModel(person, capture, {
    width: Math.round(width * oversize),
    height: Math.round(height * oversize),
    textureSize: height > 450 ? 540 : 380,
    detail: height > 450 ? 1.45 : 1.1,
    shadowSize: height > 450 ? 300 : 220,
  });
  const frame = model.frame(capture.pose, { x: 0, y: 0, blink: capture.blink });
  let image = sharp(frame.pixels, {
    raw: { width: frame.width, height: frame.height, channels: 3 },
  });
  // Sharp refuses a blur under 0.3.
  if (capture.blur > 0.3) image = image.blur(capture.blur * oversize);
  const shrunk = await image
    .resize(width, height, { kernel: "cubic", fit: "fill" })
    .raw()
    .toBuffer();
  const pixels = new Uint8Array(shrunk);
  createGrain(createRandom("grain", capture.seed)).add(pixels, capture.noise);
  return { width, height, pixels, face: frame.face };
}

/** Draws a photograph of a person as JPEG. The same options give the same bytes. */
export async function drawFacePicture(options: FacePictureOptions): Promise<Picture> {
  const raw = await drawFacePixels(options);
  return finishPicture(raw, {
    quality: options.quality ?? 84,
    exifTurned: options.exifTurned ?? false,
    boxSpace: options.boxSpace ?? "upright",
  });
}

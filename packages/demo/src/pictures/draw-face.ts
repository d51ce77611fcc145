import { createModel } from "../head/portrait.ts";
import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { createRandom } from "../people/random.ts";
import { finishPicture, type FinishOptions, type Picture, type RawPicture } from "./finish.ts";
import { addGrain } from "./grain.ts";

export interface FacePictureOptions extends Partial<FinishOptions> {
  readonly person: Person;
  readonly capture: Capture;
  /** Size of the finished picture in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Draws a person as raw pixels, with lens blur and noise. */
export function drawFacePixels(options: FacePictureOptions): RawPicture {
  const { person, capture, width, height } = options;
  const { blur } = capture;
  const model = createModel(person, capture, { width, height, fineness: 1, blur, once: true });
  const { pixels, face } = model.frame(capture.pose, { x: 0, y: 0, blink: capture.blink });
  addGrain(pixels, capture.noise, createRandom("grain", capture.seed));
  return { width, height, pixels, face };
}

/** Draws a photograph of a person as JPEG. The same options give the same bytes. */
export async function drawFacePicture(options: FacePictureOptions): Promise<Picture> {
  const raw = drawFacePixels(options);
  return finishPicture(raw, {
    quality: options.quality ?? 84,
    exifTurned: options.exifTurned ?? false,
    boxSpace: options.boxSpace ?? "upright",
  });
}

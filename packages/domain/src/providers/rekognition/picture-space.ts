import type { FaceBox } from "../../evidence/face-box.ts";
import type { RekognitionBox } from "./answer.ts";

/**
 * Which way up Rekognition saw a picture, by the file's first bytes. The service model says of
 * `BoundingBox`: a JPEG is corrected by its EXIF orientation first, a PNG never is. It takes no other
 * format, so another file is not what was searched with, and its box can't be placed.
 */
export function rekognitionSpace(start: Uint8Array): FaceBox["space"] | undefined {
  if (start[0] === 0xff && start[1] === 0xd8 && start[2] === 0xff) return "upright";
  if (start[0] === 0x89 && start[1] === 0x50 && start[2] === 0x4e && start[3] === 0x47) {
    return "stored";
  }
  return undefined;
}

/** The same box in our words. It may run past the edge, where a face is only partly visible. */
export function faceBoxOf(box: RekognitionBox, space: FaceBox["space"]): FaceBox {
  return { left: box.Left, top: box.Top, width: box.Width, height: box.Height, space };
}

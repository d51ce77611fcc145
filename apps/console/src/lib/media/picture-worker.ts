import { decodePicture } from "./decode-picture.ts";

/** What the worker is sent. */
export interface PictureJob {
  readonly bytes: Blob;
  /** Takes the one `PictureAnswer`. */
  readonly answerTo: MessagePort;
}

/** The sizes, or undefined where the picture can't be decoded. */
export type PictureAnswer = ImageBitmap[] | undefined;

addEventListener("message", ({ data }: MessageEvent<PictureJob>) => {
  const answer = (sizes: PictureAnswer) => data.answerTo.postMessage(sizes, sizes ?? []);
  decodePicture(data.bytes).then(answer, () => answer(undefined));
});

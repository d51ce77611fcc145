import type { Store } from "../../store.ts";
import type { ClipDecoder } from "./clip-decoder.ts";
import type { Survey } from "./clip-player.ts";
import { greyOf, sharpestOf, sharpnessOf } from "./sharpness.ts";
import { frameGiven } from "./timeline.ts";

/** Sharpness is compared at this width; what only a larger picture has is mostly noise. */
const WIDTH = 240;
const THUMB_HEIGHT = 40;
const THUMBS = 48;
const SHARPEST = 3;

/**
 * Looks at every frame once, one a task, so that none is long: how sharp it is, and a small picture
 * of some of them. Stops when told to, or where a frame can't be decoded.
 */
export async function surveyClip(
  decoder: ClipDecoder,
  survey: Store<Survey>,
  signal: AbortSignal,
): Promise<void> {
  const { times, width, height } = decoder;
  const small = canvasOf(Math.min(WIDTH, width), height / width);
  const thumb = canvasOf(Math.max(1, Math.round((THUMB_HEIGHT * width) / height)), height / width);
  if (small === null || thumb === null) return;
  const every = Math.max(1, Math.ceil(times.length / THUMBS));
  const sharpness: number[] = [];
  let next = 0;
  const thumbs = new Map<number, ImageBitmap>();
  try {
    for await (const frame of decoder.frames(0)) {
      if (signal.aborted) break;
      const index = frameGiven(times, frame.seconds, next);
      next = index + 1;
      frame.draw(small.context, small.width, small.height);
      const { data } = small.context.getImageData(0, 0, small.width, small.height);
      sharpness[index] = sharpnessOf(greyOf(data), small.width, small.height);
      if (index % every === 0 && !thumbs.has(index)) {
        frame.draw(thumb.context, thumb.width, thumb.height);
        thumbs.set(index, thumb.context.canvas.transferToImageBitmap());
        survey.set({ sharpness: [...sharpness], sharpest: [], thumbs: new Map(thumbs) });
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  } catch {
    // What can't be decoded is told by whoever shows it.
  }
  if (signal.aborted) {
    for (const each of thumbs.values()) each.close();
    return;
  }
  const values = Array.from({ length: times.length }, (_, index) => sharpness[index] ?? 0);
  const apart = Math.max(1, Math.round(times.length / (SHARPEST * 3)));
  survey.set({ sharpness: values, sharpest: sharpestOf(values, SHARPEST, apart), thumbs });
}

function canvasOf(width: number, ratio: number) {
  const canvas = new OffscreenCanvas(width, Math.max(1, Math.round(width * ratio)));
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  return context && { context, width: canvas.width, height: canvas.height };
}

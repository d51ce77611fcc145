import { decodePicture } from "./decode-picture.ts";
import type { Opened } from "./media-store.ts";
import type { PictureAnswer, PictureJob } from "./picture-worker.ts";

/** Makes evidence ready to be shown, so that it paints at once when its turn comes. Throws where it can't be decoded. */
export async function openMedia(bytes: Blob): Promise<Opened> {
  if (!bytes.type.startsWith("image/")) return { bytes, sizes: [] };
  const sizes = (await decodeElsewhere(bytes)) ?? (await decodePicture(bytes));
  return { bytes, sizes };
}

/** Gives the memory back. */
export function closeMedia({ sizes }: Opened): void {
  for (const size of sizes) size.close();
}

interface Elsewhere {
  readonly worker: Worker;
  readonly waiting: Set<(answer: PictureAnswer) => void>;
  isLost: boolean;
}

let elsewhere: Elsewhere | undefined;

/**
 * Browsers halve a picture on the thread that asks, and one of 12 megapixels would hold up the keys:
 * a worker does it. Undefined where the worker can't be had or can't decode; then the page tries,
 * and knows why.
 */
async function decodeElsewhere(bytes: Blob): Promise<PictureAnswer> {
  elsewhere ??= startWorker();
  const { worker, waiting, isLost } = elsewhere;
  if (isLost) return undefined;
  const { port1, port2 } = new MessageChannel();
  const answered = Promise.withResolvers<PictureAnswer>();
  port1.addEventListener("message", ({ data }: MessageEvent<PictureAnswer>) =>
    answered.resolve(data),
  );
  port1.start();
  waiting.add(answered.resolve);
  const job: PictureJob = { bytes, answerTo: port2 };
  worker.postMessage(job, [port2]);
  const answer = await answered.promise;
  waiting.delete(answered.resolve);
  port1.close();
  return answer;
}

/** Its file may be gone, as when a newer console has taken the place of this one. */
function startWorker(): Elsewhere {
  const worker = new Worker(new URL("picture-worker.ts", import.meta.url), { type: "module" });
  const started: Elsewhere = { worker, waiting: new Set(), isLost: false };
  worker.addEventListener("error", () => {
    started.isLost = true;
    for (const resolve of started.waiting) resolve(undefined);
  });
  return started;
}

import { parentPort } from "node:worker_threads";
import sharp from "sharp";

/** Makes the module that calls it a thread for `inThreads`: does each job that comes and answers it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a port brings has no type but this
export function answerJobs<Job>(work: (job: Job) => Promise<object>): void {
  if (parentPort === null)
    throw new Error("This file runs as a thread of the demo; import what starts it instead.");
  const port = parentPort;
  // No picture is drawn twice, so there is nothing for libvips to remember.
  sharp.cache(false);
  port.on("message", ({ index, job }: { readonly index: number; readonly job: Job }) => {
    work(job).then(
      (result) => port.postMessage({ index, result }),
      (error: unknown) => port.postMessage({ index, error }),
    );
  });
}

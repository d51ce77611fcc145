import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { casePlans, drawBundle, type DemoBundle, type DemoOptions } from "./draw-bundle.ts";

export interface DemoBundlesOptions extends DemoOptions {
  /** Threads that draw; as many as there are processors, four at most, by default. 0 draws in this thread. */
  readonly threads?: number;
}

interface Answer {
  readonly index: number;
  readonly bundle?: DemoBundle;
  readonly error?: unknown;
}

/**
 * Draws the demo's cases and hands them out in order, each as soon as it is there. The same seed
 * gives the same files on any number of threads. Leaving the loop early stops the drawing.
 */
export async function* demoBundles(options: DemoBundlesOptions): AsyncGenerator<DemoBundle> {
  const threads = options.threads ?? Math.min(4, availableParallelism());
  if (threads === 0) {
    for (const plan of casePlans) yield await drawBundle(plan, options);
    return;
  }
  const slots = casePlans.map(() => Promise.withResolvers<DemoBundle>());
  // A case that fails after the caller has left must not end the process.
  for (const slot of slots) slot.promise.catch(() => undefined);
  let next = 0;
  const workers = Array.from({ length: Math.min(threads, casePlans.length) }, () => {
    const worker = new Worker(new URL("./draw-worker.ts", import.meta.url));
    const give = (): void => {
      if (next < casePlans.length)
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
        worker.postMessage({ index: next++, seed: options.seed, now: options.now.getTime() });
    };
    worker.on("message", (answer: Answer) => {
      if (answer.bundle === undefined) slots[answer.index]?.reject(answer.error);
      else slots[answer.index]?.resolve(answer.bundle);
      give();
    });
    worker.on("error", (error) => {
      for (const slot of slots) slot.reject(error);
    });
    give();
    return worker;
  });
  try {
    for (const slot of slots) yield await slot.promise;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

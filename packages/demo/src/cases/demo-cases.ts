import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { casePlans } from "./case-plans.ts";
import { drawBundle, type DemoBundle, type DemoOptions } from "./draw-bundle.ts";
import type { CasePlan } from "./plan.ts";

export interface DemoBundlesOptions extends DemoOptions {
  /** Threads that draw; as many as there are processors, four at most, by default. 0 draws in this thread. */
  readonly threads?: number;
  /** Which cases are wanted; all by default. The others are not drawn. */
  readonly wanted?: (plan: CasePlan) => boolean;
  /** Ends the drawing at once; the loop that waits for the next case then throws the reason. */
  readonly signal?: AbortSignal;
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
  const { signal, wanted = () => true } = options;
  const threads = options.threads ?? Math.min(4, availableParallelism());
  const indexes = [...casePlans.entries()].flatMap(([i, plan]) => (wanted(plan) ? [i] : []));
  signal?.throwIfAborted();
  if (threads === 0) {
    for (const plan of casePlans.filter(wanted)) {
      yield await drawBundle(plan, options);
      signal?.throwIfAborted();
    }
    return;
  }
  const slots = new Map(indexes.map((i) => [i, Promise.withResolvers<DemoBundle>()]));
  // A case that fails after the caller has left must not end the process.
  for (const slot of slots.values()) slot.promise.catch(() => undefined);
  const waiting = [...indexes];
  const workers = Array.from({ length: Math.min(threads, indexes.length) }, () => {
    const worker = new Worker(new URL("./draw-worker.ts", import.meta.url));
    const give = (): void => {
      const index = waiting.shift();
      if (index !== undefined)
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
        worker.postMessage({ index, seed: options.seed, now: options.now.getTime() });
    };
    worker.on("message", (answer: Answer) => {
      if (answer.bundle === undefined) slots.get(answer.index)?.reject(answer.error);
      else slots.get(answer.index)?.resolve(answer.bundle);
      give();
    });
    worker.on("error", rejectAll);
    give();
    return worker;
  });
  const onAbort = (): void => rejectAll(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  try {
    for (const slot of slots.values()) yield await slot.promise;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  function rejectAll(reason: unknown): void {
    for (const slot of slots.values()) slot.reject(reason);
  }
}

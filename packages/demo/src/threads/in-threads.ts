import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Most of what drawing makes is thrown away at once; left alone, V8 lets 100 MB of it lie about. */
const maxYoungGenerationSizeMb = 24;
/** Jobs done ahead of the one that is taken next, for each thread: what bounds the memory. */
const aheadPerThread = 2;

export interface ThreadOptions {
  /** As many as there are processors, four at most, by default. */
  readonly threads?: number;
  /** Ends the work at once; the loop that waits for the next result then throws the reason. */
  readonly signal?: AbortSignal;
}

interface Answer<Result> {
  readonly index: number;
  readonly result?: Result;
  readonly error?: unknown;
}

/** How many threads draw unless told otherwise. */
export const usualThreads = (): number => Math.min(4, availableParallelism());

/**
 * Does jobs in threads and hands the results out in the jobs' order, each as soon as it is there.
 * `file` is a module that calls `answerJobs`. Leaving the loop early stops the threads.
 */
export async function* inThreads<Result>(
  file: URL,
  jobs: readonly object[],
  { threads = usualThreads(), signal }: ThreadOptions,
): AsyncGenerator<Result> {
  signal?.throwIfAborted();
  const slots = new Map(jobs.map((_, i) => [i, Promise.withResolvers<Result>()]));
  // A job that fails after the caller has left must not end the process.
  for (const slot of slots.values()) slot.promise.catch(() => undefined);
  let given = 0;
  let taken = 0;
  const idle = new Set<Worker>();
  const workers = Array.from({ length: Math.min(threads, jobs.length) }, () => {
    const worker = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb } });
    worker.on("message", (answer: Answer<Result>) => {
      if (answer.result === undefined) slots.get(answer.index)?.reject(answer.error);
      else slots.get(answer.index)?.resolve(answer.result);
      idle.add(worker);
      give();
    });
    worker.on("error", rejectAll);
    idle.add(worker);
    return worker;
  });
  const onAbort = (): void => rejectAll(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  try {
    give();
    for (const [i, slot] of slots) {
      const result = await slot.promise;
      // It would keep the job's files until the last one is done.
      slots.delete(i);
      taken += 1;
      give();
      yield result;
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  function give(): void {
    for (const worker of idle) {
      if (given >= jobs.length || given >= taken + workers.length * aheadPerThread) return;
      idle.delete(worker);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
      worker.postMessage({ index: given, job: jobs[given] });
      given += 1;
    }
  }

  function rejectAll(reason: unknown): void {
    for (const slot of slots.values()) slot.reject(reason);
  }
}

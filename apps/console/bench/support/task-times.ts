import type { Browser, Page } from "@playwright/test";
import { z } from "zod";

const trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      ph: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Microseconds of the thread's own processor time. */
      tdur: z.optional(z.number()),
      args: z.optional(z.looseObject({ name: z.optional(z.unknown()) })),
    }),
  ),
});

/**
 * Begins to count what each task of a page's own thread takes of a processor. A task that waits for
 * a processor while others hold both is long by the clock, though the page did little in it.
 *
 * @returns what ends it and tells the most that one task took, in milliseconds.
 */
export async function watchTaskTimes(browser: Browser, page: Page): Promise<() => Promise<number>> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  return async () => {
    const { traceEvents } = trace.parse(JSON.parse((await browser.stopTracing()).toString()));
    const threads = new Set(
      traceEvents
        .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
        .map(({ pid, tid }) => `${pid}/${tid}`),
    );
    const taken = traceEvents
      .filter(({ name, ph }) => ph === "X" && name.endsWith("RunTask"))
      .filter(({ pid, tid }) => threads.has(`${pid}/${tid}`))
      .map(({ tdur = 0 }) => tdur / 1000);
    if (taken.length === 0) throw new Error("The trace holds no task of a page.");
    return Math.max(...taken);
  };
}

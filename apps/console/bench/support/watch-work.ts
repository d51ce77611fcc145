import type { Page } from "@playwright/test";

/** What a browser told of the time somebody worked in it. */
export interface Watched {
  /** Milliseconds from each key to the first frame painted after it. */
  readonly reactions: readonly number[];
  /** Milliseconds of each task over 50 ms. */
  readonly longTasks: readonly number[];
}

/**
 * Begins to watch a page. Browsers tell of a key's reaction (its event, all it set off, and the next
 * frame) in steps of 8 ms, and not at all below 16 ms: such a key counts as 16 ms.
 *
 * @returns what ends it and tells what was seen.
 */
export async function watchWork(page: Page): Promise<() => Promise<Watched>> {
  await page.evaluate((least) => {
    const seen = { keys: 0, slower: [] as number[], longTasks: [] as number[] };
    const told = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.name === "keydown") seen.slower.push(entry.duration);
        else if (entry.entryType === "longtask") seen.longTasks.push(entry.duration);
      }
    });
    told.observe({ type: "event", durationThreshold: least } as PerformanceObserverInit);
    told.observe({ type: "longtask" });
    const count = (): void => void (seen.keys += 1);
    addEventListener("keydown", count, { capture: true });
    Object.assign(globalThis, {
      endWatch: () => {
        told.disconnect();
        removeEventListener("keydown", count, { capture: true });
        return seen;
      },
    });
  }, LEAST_MS);
  return async () => {
    // What the last frame brought is told a moment later.
    await page.waitForTimeout(500);
    const seen = await page.evaluate<{ keys: number; slower: number[]; longTasks: number[] }>(
      "endWatch()",
    );
    const quick = Array.from({ length: seen.keys - seen.slower.length }, () => LEAST_MS);
    return { reactions: [...quick, ...seen.slower], longTasks: seen.longTasks };
  };
}

const LEAST_MS = 16;

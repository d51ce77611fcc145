import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

/** Megabytes after the garbage was collected. */
export interface Memory {
  readonly heap: number;
  /** The page's own process, with decoded pictures; null where the system does not tell. */
  readonly process: number | null;
}

/** How much memory a page takes. */
export async function memoryOf(page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  // What a first collection frees may free more in a second one.
  for (let round = 0; round < 3; round += 1) {
    await session.send("HeapProfiler.collectGarbage");
    await page.waitForTimeout(300);
  }
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return { heap: usedSize / 1e6, process: largestRenderer() };
}

/** Of this run's browser: its renderers are the only ones whose ancestor is this process. */
function largestRenderer(): number | null {
  try {
    const sizes = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => sizeOfRenderer(pid) ?? []);
    return sizes.length === 0 ? null : Math.max(...sizes);
  } catch {
    return null;
  }
}

function sizeOfRenderer(pid: string): number | null {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer")) return null;
    if (!isOurs(pid)) return null;
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(rollup)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1000;
  } catch {
    // It ended meanwhile.
    return null;
  }
}

function isOurs(pid: string): boolean {
  for (let at = pid; at !== "0" && at !== "1";) {
    if (at === String(process.pid)) return true;
    const parent = /^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${at}/stat`, "utf8"))?.[1];
    if (parent === undefined) return false;
    at = parent;
  }
  return false;
}

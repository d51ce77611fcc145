import { Worker } from "node:worker_threads";

/**
 * Called once in a child: it ends with its parent, whatever it is doing, and at its memory limit.
 * V8's own limits don't bind native memory, which is where pictures live; and a child stuck in a
 * loop hears no message. So a thread of its own watches both.
 */
export function guardChild(): void {
  process.on("disconnect", () => process.exit(0));
  const watch = new Worker(new URL("guard-thread.ts", import.meta.url), {
    workerData: {
      parent: process.ppid,
      memoryMb: Number(process.env["SECONDLOOK_CHILD_MEMORY_MB"]),
    },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 },
  });
  watch.unref();
}

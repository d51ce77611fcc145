import { workerData } from "node:worker_threads";
import { z } from "zod/mini";

const limits = z.parse(z.object({ parent: z.number(), memoryMb: z.number() }), workerData);

/** Often enough that a decoder can't take much more than its limit in between. */
const INTERVAL_MS = 20;

setInterval(() => {
  const orphaned = process.ppid !== limits.parent;
  const overLimit = process.memoryUsage.rss() > limits.memoryMb * 1024 * 1024;
  if (orphaned || overLimit) process.kill(process.pid, "SIGKILL");
}, INTERVAL_MS);

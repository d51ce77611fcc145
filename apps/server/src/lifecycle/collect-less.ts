import { setFlagsFromString } from "node:v8";

/**
 * Counts bytes outside V8's heap (every photo and clip on its way out) towards the limit of the
 * whole heap, which grows with what is in use, instead of collecting after each 64 MB of them. A
 * read of 1 MB takes a third less processor time (by /proc under `pnpm bench media`'s readers).
 */
export function collectLess(): void {
  setFlagsFromString("--external-memory-accounted-in-global-limit");
}

import { PGlite, type PGliteOptions } from "@electric-sql/pglite";

/**
 * PGlite with as much shared memory as mock mode's data needs. It clears all of it whenever it starts,
 * and the 128 MB that Postgres takes by itself were most of that time.
 */
export function createSmallPglite(options: PGliteOptions = {}): Promise<PGlite> {
  return PGlite.create({
    ...options,
    startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"],
  });
}

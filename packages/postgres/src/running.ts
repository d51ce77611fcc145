import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { EmbeddedConnection } from "./embedded.ts";

/**
 * How to reach the Postgres that another process runs on this data folder, from what it wrote into
 * its pid file; undefined where there is none. Whether it answers is for the caller to try.
 */
export async function findRunningPostgres(
  dataDir: string,
): Promise<EmbeddedConnection | undefined> {
  const text = await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8").catch(() => "");
  // Lines: pid, data folder, start time, port, socket folder, …
  const [, , , port, host] = text.split("\n");
  if (port === undefined || host === undefined || host === "") return undefined;
  return { host, port: Number(port), user: "postgres", database: "postgres", ssl: false };
}

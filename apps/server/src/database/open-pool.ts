import type { OperationalLog } from "@secondlook/api/deps";
import { releaseWhenCut } from "@secondlook/db/release-when-cut";
import pg from "pg";

/** A pool and its orderly end. */
export interface OpenPool {
  readonly pool: pg.Pool;
  readonly end: () => Promise<void>;
}

const CONNECT_MS = 5_000;

/** A pool whose broken idle connections are logged, but not those that an end itself breaks. */
export function openPool(
  connection: pg.ClientConfig,
  options: { readonly name: string; readonly max: number; readonly log: OperationalLog },
): OpenPool {
  const { name, max, log } = options;
  const pool = new pg.Pool({
    ...connection,
    max,
    connectionTimeoutMillis: CONNECT_MS,
    // Kept for good: the first claim on a new connection takes eight times as long as the next ones,
    // and after a quiet moment everybody's would be the first.
    idleTimeoutMillis: 0,
    application_name: name,
    // A network that drops what is idle would otherwise be noticed by the next request only.
    keepAlive: true,
  });
  releaseWhenCut(pool);
  let ending = false;
  pool.on("error", (error) => {
    if (!ending) log.error({ pool: name }, "an idle connection broke", error);
  });
  // A connection in use reports through its query; without a listener it would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return {
    pool,
    end: async () => {
      ending = true;
      await pool.end();
    },
  };
}

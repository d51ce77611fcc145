import type { OperationalLog } from "@secondlook/api/deps";
import { createRoller } from "@secondlook/db/insights/roller";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import type { Config } from "../config/config.ts";
import { openPool } from "../database/open-pool.ts";

/**
 * Keeps the figures that leads read, over a connection of its own: a first build, or one in another time
 * zone, takes a while, and requests go on meanwhile with the figures that there are.
 */
export function startInsights(
  { timeZone }: Pick<Config, "timeZone">,
  connection: pg.ClientConfig,
  log: OperationalLog,
): { stop(): Promise<void> } {
  const { pool, end } = openPool(connection, { name: "secondlook_insights", max: 1, log });
  const roller = createRoller({
    db: drizzle(pool),
    timeZone,
    onError: (error) => log.error({}, "the figures could not be brought up to date", error),
    // A first start has none, and says one clear line only.
    onRebuilt: (decisions) => {
      if (decisions > 0) log.info({ decisions, timeZone }, "the figures were built anew");
    },
  });
  roller.start();
  return {
    async stop() {
      await roller.stop();
      await end();
    },
  };
}

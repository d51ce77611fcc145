import { sql } from "drizzle-orm";
import { type Database, run } from "../database.ts";

/**
 * Makes the log's partitions ahead of need: two more than the newest one in use, each with its
 * triggers. Cheap where nothing is to be made.
 *
 * @param db the sequencer's log-in, or the log's owner
 */
export async function keepPartitions(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    // Gives up rather than wait: the next try is a minute away, the need millions of events.
    await run(tx, sql`set local lock_timeout = '2s'`);
    await run(tx, sql`select audit.keep_partitions()`);
  });
}

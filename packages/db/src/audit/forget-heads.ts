import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowOf, rowsOf, run } from "../database.ts";
import { newestCheckpoint } from "./tree-source.ts";

const JOBS = "secondlook_jobs";

/** Whether a server works on this database: only a running one is logged in for the jobs. */
export async function serverIsRunning(db: Database): Promise<boolean> {
  const found = await rowsOf(
    db,
    z.unknown(),
    sql`select 1 from pg_stat_activity where datname = current_database() and usename = ${JOBS}`,
  );
  return found.length > 0;
}

/**
 * Takes the stored heads away, so that the log can go on under another name and key: leaves, their
 * order and the tiles stay. The new events that tell of it commit with that or not at all.
 *
 * @param owner the log's owner, as migrations run
 * @param events makes the events, given the newest stored note
 */
export async function forgetHeads(
  owner: Database,
  events: (newest: string | undefined) => readonly Uint8Array[],
): Promise<void> {
  await owner.transaction(async (tx) => {
    await rowOf(tx, z.unknown(), sql`select 1 from audit.head for update`);
    const leaves = events(await newestCheckpoint(tx));
    await run(tx, sql`alter table audit.checkpoint disable trigger refuse_change`);
    await run(tx, sql`delete from audit.checkpoint`);
    await run(tx, sql`alter table audit.checkpoint enable always trigger refuse_change`);
    for (const leaf of leaves) await run(tx, sql`insert into audit.event (leaf) values (${leaf})`);
  });
}

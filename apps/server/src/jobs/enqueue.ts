import type { Job } from "@secondlook/api/deps";
import type { Database } from "@secondlook/db/database";
import { run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";

/** Adds a job in the caller's transaction: it runs after the commit, or never. */
export async function enqueueJob(tx: Database, job: Job): Promise<void> {
  await run(
    tx,
    sql`select jobs.enqueue(${job.task}, ${JSON.stringify(job.payload)}::json, ${job.runAt.toISOString()}::timestamptz, null)`,
  );
}

import type { Deps, Job } from "@secondlook/api/deps";
import { settleDecision } from "@secondlook/api/jobs/settle-decision";
import { column, type Database, rowOf, run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { z } from "zod";

/**
 * What `jobs.enqueue` calls, as graphile-worker would have made it: the application adds jobs through
 * the same door with the same rights, and a rollback takes them along.
 */
export const JOB_TABLE = `
  create schema graphile_worker authorization secondlook_jobs;
  create table graphile_worker.jobs (
    id bigint generated always as identity primary key,
    identifier text not null, payload json not null, run_at timestamptz not null);
  alter table graphile_worker.jobs owner to secondlook_jobs;
  create function graphile_worker.add_job(identifier text, payload json, run_at timestamptz, job_key text)
    returns void language sql as
    $$ insert into graphile_worker.jobs (identifier, payload, run_at) values (identifier, payload, run_at) $$;
  alter function graphile_worker.add_job(text, json, timestamptz, text) owner to secondlook_jobs;
`;

const jobRow = z.object({
  id: column.count,
  identifier: z.string(),
  payload: z.object({ decisionId: z.string().optional() }),
});

/** Adds a job in the caller's transaction, as the server does. */
export async function enqueueJob(tx: Database, job: Job): Promise<void> {
  await run(
    tx,
    sql`select jobs.enqueue(${job.task}, ${JSON.stringify(job.payload)}::json, ${job.runAt.toISOString()}::timestamptz, null)`,
  );
}

/** Runs the jobs that are due, one after the other, each once. Returns how many there were. */
export async function runDueJobs(deps: Deps, superuser: Database): Promise<number> {
  for (let count = 0; ; count += 1) {
    const job = await rowOf(
      superuser,
      jobRow,
      sql`delete from graphile_worker.jobs where id = (
            select id from graphile_worker.jobs where run_at <= app.now() order by run_at, id limit 1)
          returning id, identifier, payload`,
    );
    if (job === undefined) return count;
    const { decisionId } = job.payload;
    // Objects in memory need no sweep.
    if (job.identifier !== "settle_decision" || decisionId === undefined) continue;
    await settleDecision(deps, decisionId);
  }
}

import type { Deps } from "@secondlook/api/deps";
import { settleDecision } from "@secondlook/api/jobs/settle-decision";
import { sweepTickets } from "@secondlook/db/judging/sweep-tickets";
import { Logger, run, type Runner } from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import { openPool } from "../database/open-pool.ts";
import { sweepObjects } from "./sweep-objects.ts";

const settlePayload = z.object({ decisionId: z.templateLiteral(["dec_", z.string()]) });

/** Orphans are looked for at night, because an upload under way is younger than an hour. */
const CRONTAB = ["17 3 * * * sweep_objects", "47 * * * * sweep_tickets"].join("\n");

/**
 * Runs the jobs. Correctness needs none of them: they write the events of settled decisions, remove
 * drafts, sweep orphans and spent tickets; whatever was missed is caught up at the next start.
 */
export async function startWorker(
  deps: Deps,
  connection: pg.ClientConfig,
): Promise<{ stop(): Promise<void> }> {
  const { pool, end } = openPool(connection, { name: "secondlook_jobs", max: 4, log: deps.log });
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: 2,
    pollInterval: 1000,
    noHandleSignals: true,
    crontab: CRONTAB,
    // Its messages hold payloads; ours hold codes.
    logger: new Logger(() => () => undefined),
    taskList: {
      settle_decision: async (payload) => {
        await settleDecision(deps, settlePayload.parse(payload).decisionId);
      },
      sweep_objects: async () => sweepObjects(deps),
      sweep_tickets: async () => {
        await sweepTickets(deps.db);
      },
    },
  });
  // What a crash left behind, also where no server ran at night.
  await runner.addJob("sweep_objects", {}, { jobKey: "sweep_objects_at_start" });
  await runner.addJob("sweep_tickets", {}, { jobKey: "sweep_tickets_at_start" });
  runner.events.on("job:error", ({ job, error }) =>
    deps.log.error({ task: job.task_identifier }, "a job failed", error),
  );
  return {
    async stop() {
      await runner.stop();
      await end();
    },
  };
}

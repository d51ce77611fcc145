import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";

/** A queue of graphile-worker's own, in a database of its own, to compare with. */
export interface JobQueue extends AsyncDisposable {
  /** Jobs a second that do nothing, taken and completed one by one by so many at once. */
  rate(load: { readonly callers: number; readonly seconds: number }): Promise<number>;
}

/** Enough for the seconds that a round lasts. */
const JOBS = 20_000;

/** Makes it on this server. */
export async function createJobQueue(server: pg.ClientConfig): Promise<JobQueue> {
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query("create database jobs_compared");
  await admin.end();
  const pool = new pg.Pool({ ...server, database: "jobs_compared", max: 20, idleTimeoutMillis: 0 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const logger = new Logger(() => () => undefined);
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  await utils.migrate();
  return {
    async rate({ callers, seconds }) {
      await utils.addJobs(
        Array.from({ length: JOBS }, (_, n) => ({ identifier: "noop", payload: { n } })),
      );
      await pool.query("vacuum (analyze)");
      let done = 0;
      const start = performance.now();
      const runner = await run({
        pgPool: pool,
        logger,
        concurrency: callers,
        noHandleSignals: true,
        taskList: {
          noop: () => {
            done += 1;
          },
        },
      });
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
      const rate = (done * 1_000) / (performance.now() - start);
      await runner.stop();
      await pool.query("truncate graphile_worker._private_jobs");
      return rate;
    },
    async [Symbol.asyncDispose]() {
      await utils.release();
      await pool.end();
    },
  };
}

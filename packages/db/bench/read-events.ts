import { withServer } from "@secondlook/testkit/postgres/own-server";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { alternate, type Report } from "../../../scripts/bench-harness.ts";
import { appendEvents, createGroupAppender } from "../src/audit/append.ts";
import { migrate } from "../src/migrate.ts";
import { loadMigrations } from "../src/node/load-migrations.ts";
import { TestEmitter } from "../test-support/log.ts";

const CALLERS = 32;
const CONNECTIONS = 20;
const ROUND_MS = 1_500;
const ROUNDS = 7;

/**
 * The events of reads, with 32 callers that each wait for their event to be durable: group append
 * against one plain insert each, through the same pool, on a Postgres that flushes every commit.
 */
export async function run(report: Report): Promise<void> {
  await withServer({ durable: true }, async (server) => {
    const owner = new pg.Client({ ...server.connection });
    await owner.connect();
    await migrate(owner, await loadMigrations());
    const pool = new pg.Pool({ ...server.connection, user: "secondlook_app", max: CONNECTIONS });
    const db = drizzle(pool);
    const leaves = new TestEmitter().reads(2_000);
    const appender = createGroupAppender(db);
    const group = (leaf: Uint8Array): Promise<void> => appender.append([leaf]);
    const plain = (leaf: Uint8Array): Promise<void> => appendEvents(db, [leaf]);

    /** Events a second that `append` makes durable for all callers together. */
    async function measure(append: (leaf: Uint8Array) => Promise<void>): Promise<number> {
      const start = performance.now();
      let done = 0;
      const caller = async (): Promise<void> => {
        while (performance.now() - start < ROUND_MS) {
          const leaf = leaves[done % leaves.length];
          if (leaf !== undefined) await append(leaf);
          done += 1;
        }
      };
      await Promise.all(Array.from({ length: CALLERS }, caller));
      return (done * 1_000) / (performance.now() - start);
    }

    await measure(plain);
    await measure(group);
    const result = await alternate(
      () => measure(group),
      () => measure(plain),
      ROUNDS,
    );
    report.note(
      `${CALLERS} callers, a pool of ${CONNECTIONS}, leaves of ${leaves[0]?.length} bytes`,
    );
    report.comparison(["group append", "plain inserts"], result, "events/s", { atLeast: 2 });
    const { rows } = await owner.query<{ events: string }>(
      "select count(*) as events from audit.event",
    );
    report.note(`${rows[0]?.events} events stand in the log afterwards`);
    await pool.end();
    await owner.end();
  });
}

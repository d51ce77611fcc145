import { createTestDatabase } from "@secondlook/testkit/postgres/database";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { expect, test } from "vitest";
import { append, TestEmitter, testSequencer } from "../../test-support/log.ts";
import { createLogStatus } from "./log-status.ts";

/** Puts events in as `pg_restore` does: with the transaction ids of the cluster they come from. */
async function restore(owner: pg.Pool, xids: readonly bigint[], emitter: TestEmitter) {
  for (const xid of xids) {
    await owner.query("insert into audit.event (leaf, xid) values ($1, $2::text::xid8)", [
      Buffer.from(emitter.read()),
      String(xid),
    ]);
  }
}

async function nextXid(owner: pg.Pool): Promise<bigint> {
  const { rows } = await owner.query<{ xid: string }>("select pg_current_xact_id()::text as xid");
  return BigInt(rows[0]?.xid ?? 0) + 1n;
}

async function positionsOf(owner: pg.Pool): Promise<{ events: number; once: number }> {
  const { rows } = await owner.query<{ events: number; once: number }>(
    `select (select count(*)::int from audit.event) as events,
            (select count(*)::int from (select event_id from audit.position group by 1 having count(*) = 1) o) as once`,
  );
  return rows[0] ?? { events: -1, once: -1 };
}

/** Ids from another cluster: long past, about to be reached, and far ahead. */
const OFFSETS = [-400n, -3n, -1n, 0n, 1n, 2n, 4n, 8n, 16n, 40n, 1_000_000n];

test.each([
  ["all of them without a position yet", false],
  ["with the positions that they had", true],
])("events of a restored cluster get one position each: %s", async (_, sequenced) => {
  await using database = await createTestDatabase();
  const app = database.pool("secondlook_app");
  const login = database.pool("secondlook_sequencer");
  const owner = database.pool();
  const emitter = new TestEmitter();
  const next = await nextXid(owner);
  await restore(
    owner,
    OFFSETS.map((offset) => next + BigInt(OFFSETS.length) + offset),
    emitter,
  );
  if (sequenced) {
    await owner.query(
      "insert into audit.position (idx, event_id) select row_number() over (order by xid, id) - 1, id from audit.event",
    );
  }
  const status = createLogStatus(drizzle(login));
  const sequencer = await testSequencer(drizzle(login));
  let total = OFFSETS.length;
  // The cluster's own transaction ids run past the restored ones meanwhile.
  for (let round = 0; round < 30; round += 1) {
    await append(app, [emitter.read()]);
    total += 1;
    await sequencer.pass();
    expect(await positionsOf(owner), `round ${round}`).toEqual({ events: total, once: total });
    expect((await status.read()).oldestUnsequencedSeconds).toBe(0);
  }
  // Another process that starts later, and one that is in the middle of it.
  const second = await testSequencer(drizzle(login));
  const open = await app.connect();
  await open.query("begin");
  await open.query("select audit.append($1)", [Buffer.from(emitter.read())]);
  await second.pass();
  await append(app, emitter.reads(3));
  await second.pass();
  expect((await status.read()).oldestUnsequencedSeconds).toBe(0);
  await open.query("commit");
  open.release();
  expect((await status.read()).oldestUnsequencedSeconds).toBeGreaterThan(0);
  await second.pass();
  expect(await positionsOf(owner)).toEqual({ events: total + 4, once: total + 4 });
  await Promise.all([app.end(), login.end(), owner.end()]);
});

import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import { withServer } from "@secondlook/testkit/postgres/own-server";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  append,
  leavesInOrder,
  TestEmitter,
  testSequencer,
  testSigner,
} from "../../test-support/log.ts";
import { nodeSha256 } from "../node/sha256.ts";
import { createGroupAppender } from "./append.ts";
import type { Sequencer } from "./sequencer.ts";
import { verifyDatabase } from "./verify-database.ts";

const WRITERS = 16;
const EACH = 250;

let database: TestDatabase;
let app: pg.Pool;
let login: pg.Pool;
let owner: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  app = database.pool("secondlook_app", { max: WRITERS + 2 });
  login = database.pool("secondlook_sequencer");
  owner = database.pool();
});

afterEach(async () => {
  await Promise.all([app.end(), login.end(), owner.end()]);
  await database.close();
});

const insert = "select audit.append($1)";

/** One process: some transactions roll back, some roll back a part, and each tells what it lost. */
async function write(pool: pg.Pool, emitter: TestEmitter): Promise<Uint8Array[]> {
  const client = await pool.connect();
  const kept: Uint8Array[] = [];
  const put = async (leaf: Uint8Array): Promise<Uint8Array> => {
    await client.query(insert, [Buffer.from(leaf)]);
    return leaf;
  };
  try {
    kept.push(await put(emitter.start()));
    for (let n = 0; n < EACH; n += 1) {
      await client.query("begin");
      if (n % 10 === 3) {
        await put(emitter.read());
        await client.query("rollback");
        const voided = emitter.stamp({
          kind: "emit.void",
          outcome: "allowed",
          voided: [emitter.n],
        });
        kept.push(await put(voided));
        continue;
      }
      const done = [await put(emitter.read())];
      if (n % 10 === 7) {
        await client.query("savepoint part");
        await put(emitter.read());
        await client.query("rollback to savepoint part");
        const voided = emitter.stamp({
          kind: "emit.void",
          outcome: "allowed",
          voided: [emitter.n],
        });
        await client.query("savepoint other");
        done.push(await put(voided));
        await client.query("release savepoint other");
      }
      await client.query("commit");
      kept.push(...done);
    }
    kept.push(await put(emitter.stop()));
    return kept;
  } finally {
    client.release();
  }
}

function sorted(leaves: readonly Uint8Array[]): string[] {
  return leaves.map((leaf) => Buffer.from(leaf).toString("utf8")).toSorted();
}

async function expectHolds(pool: pg.Pool): Promise<void> {
  const { key } = await testSigner();
  const report = await verifyDatabase(drizzle(pool), { key, sha256: nodeSha256 });
  expect(report.problems).toEqual([]);
  expect(report.size).toBe(report.leaves);
}

test("of all that many writers commit none is lost and none is there twice, with two sequencers and a transaction that stays open", async () => {
  const errors: unknown[] = [];
  const onError = (error: unknown): void => {
    errors.push(error);
  };
  const sequencers: Sequencer[] = [
    await testSequencer(drizzle(login), { onError }),
    await testSequencer(drizzle(login), { onError, limit: 300 }),
  ];
  const long = await app.connect();
  await long.query("begin");
  const late = new TestEmitter("zz");
  const lateLeaf = late.start();
  await long.query(insert, [Buffer.from(lateLeaf)]);

  for (const sequencer of sequencers) sequencer.start();
  const kept = await Promise.all(
    Array.from({ length: WRITERS }, (_, n) => write(app, new TestEmitter(`w${n}`))),
  );
  // The open transaction held nobody up: everything else has its place already, or in a moment.
  const all = kept.flat();
  await expect
    .poll(async () => (await leavesInOrder(owner)).length, { timeout: 20_000, interval: 100 })
    .toBe(all.length);
  await long.query("commit");
  long.release();
  await append(app, [late.stop()]);
  for (const sequencer of sequencers) await sequencer.stop();

  expect(errors).toEqual([]);
  expect(sorted(await leavesInOrder(owner))).toEqual(sorted([...all, lateLeaf, ...lastOf(late)]));
  await expectHolds(login);
});

/** The stop that was appended by hand: stamped anew it has the same bytes. */
function lastOf(emitter: TestEmitter): Uint8Array[] {
  emitter.n -= 1;
  return [emitter.stop()];
}

test("whoever holds every advisory lock stops nothing", async () => {
  const holder = await app.connect();
  await holder.query("select pg_advisory_lock(n) from generate_series(1, 2000) n");
  await append(app, [new TestEmitter().start()]);
  const sequencer = await testSequencer(drizzle(login));
  expect(await sequencer.pass()).toMatchObject({ state: "signed", size: 1 });
  await holder.query("select pg_advisory_unlock_all()");
  holder.release();
});

test("where another process is at it, this one stands by", async () => {
  const other = await login.connect();
  await other.query("begin");
  await other.query("select 1 from audit.head for update");
  await append(app, [new TestEmitter().start()]);
  const sequencer = await testSequencer(drizzle(login));
  expect(await sequencer.pass()).toMatchObject({ state: "standby", given: 0 });
  await other.query("rollback");
  other.release();
  expect(await sequencer.pass()).toMatchObject({ state: "signed", size: 1 });
});

test("after a serialization failure neither the change nor its event is there", async () => {
  await owner.query("create table public.counter as select 1 as value");
  await owner.query("grant select, update on public.counter to secondlook_app");
  const emitter = new TestEmitter();
  const [first, second] = [await app.connect(), await app.connect()];
  for (const client of [first, second]) {
    await client.query("begin isolation level serializable");
    await client.query("select value from public.counter");
  }
  const leaves = [emitter.start(), emitter.read()];
  await first.query(insert, [Buffer.from(leaves[0] ?? "")]);
  await first.query("update public.counter set value = 2");
  await second.query(insert, [Buffer.from(leaves[1] ?? "")]);
  await first.query("commit");
  await expect(second.query("update public.counter set value = 3")).rejects.toMatchObject({
    code: "40001",
  });
  await second.query("rollback");
  first.release();
  second.release();
  await (await testSequencer(drizzle(login))).pass();
  expect(await leavesInOrder(owner)).toEqual([leaves[0]]);
  expect((await owner.query("select value from public.counter")).rows).toEqual([{ value: 2 }]);
});

test("after Postgres was killed under load, everything that was released stands in the log", async () => {
  await withServer({ durable: true }, async (server) => {
    const own = await createTestDatabase({ server: server.connection });
    const pool = own.pool("secondlook_app", { max: 2 });
    const appender = createGroupAppender(drizzle(pool));
    const emitter = new TestEmitter();
    await appender.append([emitter.start()]);
    const released: Uint8Array[] = [];
    let killed = false;
    const readers = Array.from({ length: 8 }, async () => {
      while (!killed) {
        const leaf = emitter.read();
        await appender.append([leaf]).then(
          () => released.push(leaf),
          () => undefined,
        );
      }
    });
    await expect.poll(() => released.length, { timeout: 20_000 }).toBeGreaterThan(200);
    await server.kill();
    killed = true;
    await Promise.all(readers);
    await pool.end();

    await server.restart();
    const [sequencerPool, look] = [own.pool("secondlook_sequencer"), own.pool()];
    const sequencer = await testSequencer(drizzle(sequencerPool));
    while ((await sequencer.pass()).more);
    const held = new Set(sorted(await leavesInOrder(look)));
    expect(sorted(released).filter((leaf) => !held.has(leaf))).toEqual([]);
    await expectHolds(sequencerPool);
    await Promise.all([sequencerPool.end(), look.end()]);
    await own.close();
  });
});

import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
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
import { refillLog } from "./refill-log.ts";
import type { PublishedCheckpoint } from "./sequencer.ts";
import { verifyDatabase } from "./verify-database.ts";

let database: TestDatabase;
let restored: TestDatabase;
let pools: pg.Pool[];
let emitter: TestEmitter;
let leaves: Uint8Array[];
let note: string;
let published: PublishedCheckpoint;

/** The database as it is now (400 leaves, published), and yesterday's backup of it (100, and 3 waiting). */
beforeEach(async () => {
  [database, restored] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  pools = [
    database.pool("secondlook_app"),
    database.pool("secondlook_sequencer"),
    restored.pool("secondlook_app"),
    restored.pool("secondlook_sequencer"),
    restored.pool(),
  ];
  emitter = new TestEmitter();
  leaves = [emitter.start(), ...emitter.reads(399)];
  const [app, login, oldApp, oldLogin] = pools;
  if (app === undefined || login === undefined || oldApp === undefined || oldLogin === undefined) {
    throw new Error("no pools");
  }
  note = "";
  published = {
    read: async () => (note === "" ? undefined : note),
    write: async (fresh) => {
      note = fresh;
    },
  };
  await append(app, leaves);
  await (await testSequencer(drizzle(login), { publishedCheckpoint: published })).stop();
  await append(oldApp, leaves.slice(0, 100));
  await (await testSequencer(drizzle(oldLogin))).pass();
  await append(oldApp, leaves.slice(101, 104));
});

afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await Promise.all([database.close(), restored.close()]);
});

function pool(index: number): pg.Pool {
  const found = pools[index];
  if (found === undefined) throw new Error("no such pool");
  return found;
}

test("yesterday's backup is not signed; filled in from an export it becomes the same log", async () => {
  const { key } = await testSigner();
  const sequencer = await testSequencer(drizzle(pool(3)), { publishedCheckpoint: published });
  await expect(sequencer.pass()).rejects.toMatchObject({ code: "behind" });

  const filled = await refillLog(drizzle(pool(4)), {
    leaves,
    checkpoint: note,
    key,
    sha256: nodeSha256,
  });
  expect(filled).toBe(300);
  expect(await leavesInOrder(pool(4))).toEqual(leaves);
  // What waited in the intake kept its row instead of being there twice.
  expect((await pool(4).query("select count(*)::int as n from audit.event")).rows).toEqual([
    { n: 400 },
  ]);

  await append(pool(2), [emitter.stop()]);
  expect(await sequencer.pass()).toMatchObject({ state: "signed", size: 401 });
  const report = await verifyDatabase(drizzle(pool(3)), {
    key,
    sha256: nodeSha256,
    olderCheckpoints: [note],
  });
  expect(report.problems).toEqual([]);
});

test("an export of another history, a cut one or an older one changes nothing", async () => {
  const { key } = await testSigner();
  const refill = (given: readonly Uint8Array[]): Promise<number> =>
    refillLog(drizzle(pool(4)), { leaves: given, checkpoint: note, key, sha256: nodeSha256 });
  await expect(refill(leaves.toReversed())).rejects.toThrow(
    /Leaf 0 of the database is not the export's/,
  );
  await expect(refill(leaves.slice(0, 399))).rejects.toThrow(/not those of its checkpoint/);
  await expect(refill(leaves.slice(0, 50))).rejects.toThrow(/not those of its checkpoint/);
  expect(await leavesInOrder(pool(4))).toEqual(leaves.slice(0, 100));
  const other = await testSigner(2);
  await expect(
    refillLog(drizzle(pool(4)), { leaves, checkpoint: note, key: other.key }),
  ).rejects.toMatchObject({ name: "NoteError" });
});

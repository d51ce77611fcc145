import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import type { SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { TestEmitter } from "../../test-support/log.ts";
import type { Database } from "../database.ts";
import { createGroupAppender, type GroupAppender } from "./append.ts";

let database: TestDatabase;
let app: pg.Pool;
let watch: pg.Pool;
let appender: GroupAppender;
let emitter: TestEmitter;
let runs = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  app = database.pool("secondlook_app", { max: 1 });
  watch = database.pool();
});

beforeEach(() => {
  appender = createGroupAppender(drizzle(app));
  runs += 1;
  emitter = new TestEmitter(String.fromCharCode(64 + runs));
});

afterAll(async () => {
  await Promise.all([app.end(), watch.end()]);
  await database.close();
});

/** How many events hold exactly these bytes, seen from another connection: only what is committed. */
async function committed(leaf: Uint8Array): Promise<number> {
  const { rows } = await watch.query<{ n: number }>(
    "select count(*)::int as n from audit.event where leaf = $1",
    [Buffer.from(leaf)],
  );
  return rows[0]?.n ?? 0;
}

test("each of many callers goes on only after its own event is committed", async () => {
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let round = 0; round < 10; round += 1) {
        const leaf = emitter.read();
        await appender.append([leaf]);
        expect(await committed(leaf)).toBe(1);
      }
    }),
  );
});

test("callers that wait share a transaction; a lone one waits for nobody", async () => {
  const leaves = emitter.reads(33);
  await Promise.all(leaves.map((leaf) => appender.append([leaf])));
  const { rows } = await watch.query<{ n: number }>(
    "select count(*)::int as n from audit.event where leaf = any($1::bytea[]) group by xid order by min(id)",
    [leaves.map((leaf) => Buffer.from(leaf))],
  );
  expect(rows.map(({ n }) => n)).toEqual([1, 32]);
});

test("an event that the log refuses fails its own caller and no other", async () => {
  const before = emitter.reads(10);
  const after = emitter.reads(10);
  const poison = new Uint8Array(16_385).fill(0x61);
  const results = await Promise.allSettled(
    [
      emitter.reads(1),
      ...before.map((leaf) => [leaf]),
      [emitter.read(), poison],
      ...after.map((leaf) => [leaf]),
    ].map((leaves) => appender.append(leaves)),
  );
  expect(results.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 11 }, () => "fulfilled"),
    "rejected",
    ...Array.from({ length: 10 }, () => "fulfilled"),
  ]);
  for (const leaf of [...before, ...after]) expect(await committed(leaf)).toBe(1);
  expect(await committed(poison)).toBe(0);
});

/** Commits the first statement and loses the connection before the answer. */
function losingAnswer(db: Database, error: Error): Database {
  let lost = false;
  return new Proxy(db, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name, target);
      if (name !== "execute" || lost) return own;
      lost = true;
      return async (statement: SQL) => {
        await target.execute(statement);
        throw error;
      };
    },
  });
}

test("a connection lost at COMMIT: the same bytes are written again, under the same id", async () => {
  const lost = new Error("query failed", {
    cause: new Error("Connection terminated unexpectedly"),
  });
  const leaves = emitter.reads(2);
  await createGroupAppender(losingAnswer(drizzle(app), lost)).append(leaves);
  // Twice, which the auditor knows for a retry: id and bytes are equal.
  for (const leaf of leaves) expect(await committed(leaf)).toBe(2);
});

test("any other failure is not tried again", async () => {
  const cause = Object.assign(new Error("canceling statement"), { code: "57014" });
  const [leaf = new Uint8Array()] = emitter.reads(1);
  const failing = createGroupAppender(losingAnswer(drizzle(app), new Error("failed", { cause })));
  await expect(failing.append([leaf])).rejects.toThrow("failed");
  expect(await committed(leaf)).toBe(1);
});

test("where the grant is gone every caller fails, and the next ones work when it is back", async () => {
  const doors = "audit.append(bytea), audit.append_many(bytea[])";
  await watch.query(`revoke execute on function ${doors} from secondlook_app`);
  const leaves = emitter.reads(5);
  const results = await Promise.allSettled(leaves.map((leaf) => appender.append([leaf])));
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["rejected"]));
  await watch.query(`grant execute on function ${doors} to secondlook_app`);
  for (const leaf of leaves) expect(await committed(leaf)).toBe(0);
  await appender.append(leaves);
  for (const leaf of leaves) expect(await committed(leaf)).toBe(1);
});

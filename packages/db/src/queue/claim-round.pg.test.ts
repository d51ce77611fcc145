import { seedCase } from "@secondlook/testkit/cases/seed-case";
import { seedPolicy, seedSource, seedStaff } from "@secondlook/testkit/cases/seed-people";
import { seedQueue } from "@secondlook/testkit/cases/seed-queue";
import { createTestDatabase } from "@secondlook/testkit/postgres/database";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { QueueClient, SETTLED } from "../../test-support/queue-client.ts";

const CASES = 1_500;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: pg.Pool;
let app: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.pool(undefined, { max: 4 });
  app = database.pool("secondlook_app");
  await owner.query(SETTLED);
  await seedPolicy(drizzle(owner));
  const source = await seedSource(drizzle(owner));
  await seedQueue(drizzle(owner), { source, cases: CASES, routes: 4 });
  await owner.query("analyze");
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await database.close();
});

const once = () => false;

async function client(): Promise<QueueClient> {
  const { id } = await seedStaff(drizzle(owner));
  return new QueueClient(app, id);
}

test("a case that was being put in while the queue's beginning moved past it is found next", async () => {
  await owner.query(
    "create or replace function app.front_step() returns integer language sql immutable as $$ select 1 $$",
  );
  const ann = await client();
  const arriving = await owner.connect();
  await arriving.query("begin");
  const { caseId } = await seedCase(drizzle(arriving), { priority: "high" });
  for (let turn = 0; turn < 5; turn++) {
    const held = await ann.claim();
    expect(held?.caseId).not.toBe(caseId);
    if (held !== undefined) await ann.decide(held, once);
  }
  await arriving.query("commit");
  arriving.release();
  // In its own transaction's order it is older than every note of where the queue begins.
  const ben = await client();
  expect((await ben.claim())?.caseId).toBe(caseId);
  await owner.query(
    "create or replace function app.front_step() returns integer language sql immutable as $$ select 64 $$",
  );
});

test("what was decided since an old snapshot was taken is not gone through at every claim", async () => {
  const ann = await client();
  const ben = await seedStaff(drizzle(owner));
  const old = await owner.connect();
  await old.query("begin isolation level repeatable read");
  await old.query("select count(*) from app.round");
  const before = await pagesOfAClaim(ben.id);
  for (let turn = 0; turn < 600; turn++) {
    const held = await ann.claim();
    if (held !== undefined) await ann.decide(held, once);
  }
  const after = await pagesOfAClaim(ben.id);
  await old.query("commit");
  old.release();
  // Without a note of where to begin it reads a page for each decided round and more: over a thousand.
  expect(after).toBeLessThan(before + 400);
});

/** How many pages a claim reads, in a transaction that is rolled back. */
async function pagesOfAClaim(staffId: string): Promise<number> {
  const connection = await app.connect();
  await connection.query("begin");
  const { rows } = await connection.query(
    "explain (analyze, buffers, format json) select * from app.claim_round($1, 'active', 1::smallint, null, null, '{}', 32767::smallint, 32767::smallint, false)",
    [staffId],
  );
  await connection.query("rollback");
  connection.release();
  const plans = z
    .tuple([z.object({ "QUERY PLAN": z.array(z.object({ Plan: z.looseObject({}) })) })])
    .parse(rows);
  const pages = z.object({ "Shared Hit Blocks": z.int(), "Shared Read Blocks": z.int() });
  const used = pages.parse(plans[0]["QUERY PLAN"][0]?.Plan);
  return used["Shared Hit Blocks"] + used["Shared Read Blocks"];
}

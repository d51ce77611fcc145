import { setTimeout as sleep } from "node:timers/promises";

import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { seedPolicy, seedSource, seedStaff } from "@secondlook/testkit/cases/seed-people";
import { seedQueue } from "@secondlook/testkit/cases/seed-queue";
import { createTestDatabase } from "@secondlook/testkit/postgres/database";
import { withServer } from "@secondlook/testkit/postgres/own-server";
import { drizzle } from "drizzle-orm/node-postgres";
import { expect, test } from "vitest";
import { releaseWhenCut } from "../node/release-when-cut.ts";
import { type Lease, QueueClient, SETTLED } from "../../test-support/queue-client.ts";

const CLIENTS = 32;
const CASES = 2_000;
/** Short, so that leases expire under those who dawdle. */
const LEASE_SECONDS = 2;

/** Every third case takes a second round, by somebody else. */
const goesOn = (caseId: string) => Number(caseId.slice(4)) % 3 === 0;
const ROUNDS = CASES + Math.floor(CASES / 3);

test("32 clients settle each round of 2,000 cases once, while leases expire and Postgres is killed", async () => {
  await withServer({ durable: true }, async (server) => {
    const database = await createTestDatabase({ server: server.connection });
    const superuser = database.pool();
    const owner = drizzle(superuser);
    await superuser.query(SETTLED);
    // What claims note of the queue's beginning is renewed often, so that a case it hid would be missed.
    await superuser.query(
      "create or replace function app.front_step() returns integer language sql immutable as $$ select 3 $$",
    );
    await seedPolicy(owner, {
      document: { ...POLICY_V1, base: { ...POLICY_V1.base, leaseSeconds: LEASE_SECONDS } },
    });
    await seedQueue(owner, { source: await seedSource(owner), cases: CASES, routes: 3 });
    const staff = [];
    for (let index = 0; index < CLIENTS; index++) staff.push(await seedStaff(owner));
    const app = database.pool("secondlook_app", { max: CLIENTS });
    releaseWhenCut(app);
    // A connection that is cut while it is in use says so twice: to its query, and here.
    app.on("connect", (connection) => connection.on("error", () => undefined));

    const seen = { settled: [] as string[], lost: 0, interrupted: 0, skipped: 0 };
    let isKilled = false;

    /** One client's way through the queue; some of what it does is late, and must be refused. */
    async function work(client: QueueClient, index: number): Promise<void> {
      let former: Lease | undefined;
      for (let turn = index; ; turn++) {
        const held = await client.claim();
        if (held === undefined) {
          if (!(await client.isAnyOpen())) return;
          await sleep(200);
          continue;
        }
        if (former !== undefined && former.fence !== held.fence) {
          expect(await client.decide(former, goesOn)).toBe(false);
        }
        if (turn % 40 === 7) await client.skip(held);
        if (turn % 60 === 11) await sleep(LEASE_SECONDS * 1000 + 200);
        else if (turn % 5 === 2) await client.heartbeat(held);
        if (await client.decide(held, goesOn)) seen.settled.push(`${held.caseId} ${held.round}`);
        else if (turn % 40 === 7) seen.skipped += 1;
        else seen.lost += 1;
        former = held;
      }
    }

    /** Goes on after the connection was cut, as a server that retries does. */
    async function persist(client: QueueClient, index: number): Promise<void> {
      for (;;) {
        try {
          await work(client, index);
          return;
        } catch (error) {
          if (!isKilled || !isConnectionLost(error)) throw error;
          seen.interrupted += 1;
          await sleep(100);
        }
      }
    }

    const clients = staff.map(({ id }, index) => persist(new QueueClient(app, id), index));
    const killing = (async () => {
      while (seen.settled.length < ROUNDS / 3) await sleep(10);
      isKilled = true;
      await server.kill();
      await sleep(300);
      await server.restart();
    })();
    await Promise.all([...clients, killing]);

    const after = database.pool();
    const { rows } = await after.query<{ name: string; staff_id: string; fence: string }>(
      "select case_id || ' ' || round as name, staff_id, fence from public.settled",
    );
    const names = rows.map((row) => row.name);
    expect(names).toHaveLength(ROUNDS);
    expect(new Set(names).size).toBe(ROUNDS);
    expect(new Set(rows.map((row) => row.fence)).size).toBe(ROUNDS);
    // What a client was told is settled, is: also what it was told just before the kill.
    expect(seen.settled.filter((name) => !names.includes(name))).toEqual([]);
    const left = await after.query(
      "select from app.round where state = 'open' or holder is not null",
    );
    expect(left.rowCount).toBe(0);
    const twice = await after.query(
      "select case_id from public.settled group by case_id having count(*) > count(distinct staff_id)",
    );
    expect(twice.rows).toEqual([]);
    expect(seen.lost).toBeGreaterThan(0);
    expect(seen.interrupted).toBeGreaterThan(0);
    expect(seen.skipped).toBeGreaterThan(0);
    await Promise.all([superuser.end(), app.end(), after.end()]);
    await database.close();
  });
}, 900_000);

/** Whether an error says no more than that Postgres went away. */
function isConnectionLost(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (
      /terminat|ECONN|ENOENT|EPIPE|connect|starting up|shutting down|recovery/i.test(cause.message)
    ) {
      return true;
    }
  }
  return false;
}

import { setTimeout as sleep } from "node:timers/promises";

import { seedPolicy, seedSource, seedStaff } from "@secondlook/testkit/cases/seed-people";
import { seedQueue } from "@secondlook/testkit/cases/seed-queue";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { z } from "zod";
import { migrate } from "../src/migrate.ts";
import { loadMigrations } from "../src/node/load-migrations.ts";
import { TestEmitter } from "./log.ts";
import { QueueClient, SETTLED } from "./queue-client.ts";

export const KINDS = ["everything", "0.1 %", "nothing"] as const;
export type Kind = (typeof KINDS)[number];

/** One route for each case in a thousand. */
const ROUTES = 1_000;
const CONNECTIONS = 16;
/** Of each kind so many people; no more than one of those who match 0.1 % a route. */
const PEOPLE = { everything: 100, "0.1 %": 500, nothing: 20 } as const satisfies Record<
  Kind,
  number
>;

/** A database with a full queue, people to work it, and a snapshot that is held open all the while. */
export interface LoadedQueue extends AsyncDisposable {
  /** The next of the people of this kind, one after the other. */
  next(kind: Kind): QueueClient;
}

/** Makes a database on this server with so many cases waiting. */
export async function loadQueue(server: pg.ClientConfig, waiting: number): Promise<LoadedQueue> {
  const database = `queue_${waiting}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${database}`);
  await admin.end();
  const owner = new pg.Client({ ...server, database });
  await owner.connect();
  await migrate(owner, await loadMigrations());
  await owner.query(SETTLED);
  await fill(owner, waiting);

  const pool = new pg.Pool({
    ...server,
    database,
    user: "secondlook_app",
    max: CONNECTIONS,
    // As the server's pools do: the other queue's turn outlasts the default.
    idleTimeoutMillis: 0,
  });
  const emitter = new TestEmitter();
  const leaves = emitter.reads(1_000);
  let used = 0;
  const stamp = (events: number) =>
    Array.from({ length: events }, () => leaves[used++ % leaves.length] ?? new Uint8Array(2));
  const people: Record<Kind, QueueClient[]> = { everything: [], "0.1 %": [], nothing: [] };
  for (const kind of KINDS) {
    for (let index = 0; index < PEOPLE[kind]; index++) {
      const regions = { everything: null, "0.1 %": [regionOf(index)], nothing: ["ZZ"] }[kind];
      const { id } = await seedStaff(drizzle(owner), { regions });
      people[kind].push(new QueueClient(pool, id, stamp));
    }
  }
  await owner.query("begin isolation level repeatable read");
  await owner.query("select count(*) from app.round");
  const turn: Record<Kind, number> = { everything: 0, "0.1 %": 0, nothing: 0 };
  return {
    next(kind) {
      const client = people[kind][turn[kind]++ % PEOPLE[kind]];
      if (client === undefined) throw new Error("nobody of this kind was made");
      return client;
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
      await owner.query("commit");
      await owner.end();
    },
  };
}

/** Fills the queue without checks and with indexes made afterwards, or it would take minutes. */
async function fill(owner: pg.Client, waiting: number): Promise<void> {
  const db = drizzle(owner);
  await seedPolicy(db);
  const source = await seedSource(db);
  await owner.query("set session_replication_role = replica; set synchronous_commit = off");
  await owner.query("set maintenance_work_mem = '512MB'; set work_mem = '256MB'");
  const found = await owner.query(
    `select indexname, indexdef from pg_indexes
     where schemaname = 'app' and tablename in ('round', 'review_case') and indexname !~ '(pkey|key)$'`,
  );
  const indexes = z
    .array(z.object({ indexname: z.string(), indexdef: z.string() }))
    .parse(found.rows);
  for (const { indexname } of indexes) await owner.query(`drop index app.${indexname}`);
  await seedQueue(db, { source, cases: waiting, routes: ROUTES });
  for (const { indexdef } of indexes) await owner.query(indexdef);
  await owner.query("set session_replication_role = origin; reset synchronous_commit");
  await owner.query("vacuum (analyze)");
  await owner.query("checkpoint");
}

/** The region that `seedQueue` gives to every thousandth case. */
function regionOf(route: number): string {
  const letter = (n: number) => String.fromCodePoint(65 + (Math.floor(n) % 26));
  return `X${letter(route / 676)}-${letter(route / 26)}${letter(route)}`;
}

/**
 * Offers claims, each followed by its decision, at a steady rate that does not wait for answers.
 *
 * @returns how long each claim took, in milliseconds, from when it was due.
 */
export async function offerClaims(
  queue: LoadedQueue,
  kind: Kind,
  load: { readonly perSecond: number; readonly seconds: number },
): Promise<readonly number[]> {
  const took: number[] = [];
  const under: Promise<void>[] = [];
  const start = performance.now();
  for (let index = 0; index < load.perSecond * load.seconds; index++) {
    const due = start + (index * 1_000) / load.perSecond;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    // A timer fires a little late by itself; that is not the claim's time.
    const asked = performance.now();
    under.push(
      (async () => {
        const client = queue.next(kind);
        const held = await client.claim();
        took.push(performance.now() - asked);
        if (held !== undefined) await client.decide(held, () => false);
      })(),
    );
  }
  await Promise.all(under);
  return took;
}

/** Claims with their decisions a second, by callers that never rest. */
export async function saturate(
  queue: LoadedQueue,
  load: { readonly callers: number; readonly seconds: number },
): Promise<number> {
  const start = performance.now();
  let decided = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() - start < load.seconds * 1_000) {
      const client = queue.next("everything");
      const held = await client.claim();
      if (held !== undefined && (await client.decide(held, () => false))) decided += 1;
    }
  };
  await Promise.all(Array.from({ length: load.callers }, caller));
  return (decided * 1_000) / (performance.now() - start);
}

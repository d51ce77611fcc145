import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { append, TestEmitter, testSigner } from "../../test-support/log.ts";
import { keepPartitions } from "./keep-partitions.ts";
import { createSequencer, type Sequencer } from "./sequencer.ts";

let database: TestDatabase;
let app: pg.Pool;
let login: pg.Pool;
let owner: pg.Pool;
let now = 0;

beforeEach(async () => {
  database = await createTestDatabase();
  app = database.pool("secondlook_app");
  login = database.pool("secondlook_sequencer");
  owner = database.pool();
  // Partitions of 64 rows: a hundred thousandth of a real one.
  await owner.query(`
    do $$ declare part regclass; begin
      for part in select inhrelid from pg_inherits
                  where inhparent in ('audit.event'::regclass, 'audit.position'::regclass) loop
        execute format('drop table %s', part);
      end loop;
    end $$;
    create or replace function audit.partition_rows() returns bigint language sql immutable as 'select 64::bigint';
    select audit.ensure_partitions();
  `);
});
afterEach(async () => {
  await Promise.all([app.end(), login.end(), owner.end()]);
  await database.close();
});

async function sequencer(errors: unknown[] = []): Promise<Sequencer> {
  const signer = await testSigner();
  return createSequencer({
    db: drizzle(login),
    signer,
    origin: signer.key.name,
    clock: () => now,
    onError: (error) => errors.push(error),
  });
}

async function partitions(of: "event" | "position"): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `select count(*)::int as n from pg_inherits where inhparent = 'audit.${of}'::regclass`,
  );
  return rows[0]?.n ?? 0;
}

test("a server that goes on for long never runs out of room", async () => {
  const log = await sequencer();
  const emitter = new TestEmitter("A");
  for (let minute = 0; minute < 12; minute += 1) {
    await append(app, emitter.reads(50));
    now += 60_000;
    expect(await log.pass()).toMatchObject({ state: "signed", given: 50 });
  }
  expect(await partitions("event")).toBe(12);
  const { rows } = await owner.query(
    "select (select max(id) from audit.event)::int as events, (select max(idx) from audit.position)::int as positions",
  );
  expect(rows).toEqual([{ events: 600, positions: 599 }]);
});

test("room is made for ids that went with a rollback as well", async () => {
  await owner.query("select setval(pg_get_serial_sequence('audit.event', 'id'), 500)");
  await keepPartitions(drizzle(login));
  await append(app, new TestEmitter("B").reads(100));
  expect(await partitions("event")).toBe(10);
});

test("a partition made while running is guarded as the first ones are", async () => {
  await append(app, new TestEmitter("A").reads(100));
  await keepPartitions(drizzle(login));
  for (const statement of ["truncate audit.event_p3", "delete from audit.event_p1"]) {
    const error: unknown = await owner.query(statement).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "42501" });
  }
  const { rows } = await owner.query(
    `select tgrelid::regclass::text as on, string_agg(tgname || ' ' || tgenabled::text, ', ' order by tgname) as triggers,
            pg_get_userbyid(c.relowner) as owner
     from pg_trigger join pg_class c on c.oid = tgrelid
     where tgrelid::regclass::text ~ '^audit[.](event|position)_p' group by 1, 3`,
  );
  expect(rows.length).toBe(7);
  for (const row of rows) {
    expect(row).toMatchObject({
      triggers: "refuse_change A, refuse_truncate A",
      owner: "secondlook_audit_owner",
    });
  }
});

test("appends go on while a partition is made, also behind an open transaction", async () => {
  const open = await app.connect();
  await open.query("begin");
  await open.query("select audit.append($1)", [Buffer.from(new TestEmitter("A").read())]);
  await append(app, new TestEmitter("B").reads(100));
  await keepPartitions(drizzle(login));
  expect(await partitions("event")).toBe(4);
  await append(app, new TestEmitter("C").reads(10));
  await open.query("commit");
  open.release();
});

test("several servers make them once", async () => {
  await append(app, new TestEmitter("A").reads(150));
  await Promise.all(Array.from({ length: 6 }, () => keepPartitions(drizzle(login))));
  expect(await partitions("event")).toBe(5);
});

test("a log that gets no new room goes on in what it has, and says so", async () => {
  const errors: unknown[] = [];
  const log = await sequencer(errors);
  await owner.query("revoke execute on function audit.keep_partitions() from secondlook_sequencer");
  await append(app, new TestEmitter("A").reads(10));
  now += 60_000;
  expect(await log.pass()).toMatchObject({ state: "signed", given: 10 });
  expect(errors).toHaveLength(1);
});

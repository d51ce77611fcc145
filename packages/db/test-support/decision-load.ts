import { setTimeout as sleep } from "node:timers/promises";

import { seedPolicy, seedSource, seedStaff } from "@secondlook/testkit/cases/seed-people";
import { seedQueue } from "@secondlook/testkit/cases/seed-queue";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { z } from "zod";
import { appendEvents } from "../src/audit/append.ts";
import { type Database, rowsOf, run } from "../src/database.ts";
import { rebuildInsights } from "../src/insights/roll.ts";
import { createRoller } from "../src/insights/roller.ts";
import { migrate } from "../src/migrate.ts";
import { loadMigrations } from "../src/node/load-migrations.ts";
import { TestEmitter } from "./log.ts";

const CALLERS = 12;
const PEOPLE = 40;

/** Cases that wait to be decided and settled, with figures kept or not. */
export interface DecisionLoad extends AsyncDisposable {
  /** Decisions a second, each settled at once, with figures kept or not. */
  rate(insights: boolean, seconds: number): Promise<number>;
  /**
   * How long it took from settling to being counted, in milliseconds, of every tenth decision of a run
   * of its own: looking for them costs some of the decisions.
   */
  lags(seconds: number): Promise<readonly number[]>;
}

/** Makes a database with so many undecided cases. */
export async function loadDecisions(server: pg.ClientConfig, cases: number): Promise<DecisionLoad> {
  const database = "decisions";
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${database}`);
  await admin.end();
  const owner = new pg.Client({ ...server, database });
  // Else a server that ends first would hide why.
  owner.on("error", () => undefined);
  await owner.connect();
  await migrate(owner, await loadMigrations());
  const staff = await fill(owner, cases);
  const pool = new pg.Pool({ ...server, database, user: "secondlook_app", max: CALLERS + 2 });
  pool.on("error", () => undefined);
  const db: Database = drizzle(pool);
  await rebuildInsights(db, "UTC");
  const leaves = new TestEmitter().reads(1_000);
  let next = 0;
  const pending = new Map<string, number>();

  async function decideOne(): Promise<void> {
    next += 1;
    const n = next;
    const at = { caseId: `cas_${n}`, id: `dec_${n}`, who: staff[n % PEOPLE] ?? "" };
    const event = (): readonly Uint8Array[] => [leaves[n % leaves.length] ?? new Uint8Array(2)];
    await db.transaction(async (tx) => {
      await run(
        tx,
        sql`insert into app.rating (case_id, cycle, round, staff_id, candidate_id, seq, rating, detail, viewed_ms)
                        values (${at.caseId}, 1, 'first', ${at.who}, ${`cnd_${n}`}, 0, -2, '\\x00', 8000)`,
      );
      await run(
        tx,
        sql`insert into app.decision (id, case_id, cycle, round, staff_id, outcome, reasons, policy_version, fence, is_final, decided_at, undo_until)
                        values (${at.id}, ${at.caseId}, 1, 'first', ${at.who}, 'distinct', array['lookalike'], 1, 1, true, app.now(), app.now())`,
      );
      await run(
        tx,
        sql`insert into app.finding (decision_id, candidate_id, finding) values (${at.id}, ${`cnd_${n}`}, 'different')`,
      );
      await run(
        tx,
        sql`update app.round set state = 'decided', opened_at = app.now() - interval '80 s' where case_id = ${at.caseId}`,
      );
      await run(tx, sql`update app.review_case set stage = 'settled' where id = ${at.caseId}`);
      await appendEvents(tx, event());
    });
    await db.transaction(async (tx) => {
      await run(
        tx,
        sql`update app.decision set settled_at = app.now(), effective_at = undo_until where id = ${at.id}`,
      );
      await appendEvents(tx, [...event(), ...event()]);
    });
    if (n % 10 === 0) pending.set(at.id, performance.now());
  }

  /** Looks every 20 ms which of those settled are counted. */
  async function watch(isOver: () => boolean): Promise<readonly number[]> {
    const lags: number[] = [];
    const watcher: Database = drizzle(owner);
    while (!isOver() || pending.size > 0) {
      await sleep(20);
      const ids = `{${[...pending.keys()].join(",")}}`;
      const counted = await rowsOf(
        watcher,
        z.object({ decision_id: z.string() }),
        sql`select decision_id from insights.fact where decision_id = any(${ids}::text[])`,
      );
      for (const { decision_id: id } of counted) {
        lags.push(performance.now() - (pending.get(id) ?? 0));
        pending.delete(id);
      }
    }
    return lags;
  }

  /** Decides for so long; the rate, and what was seen by whoever looked on until all was counted. */
  async function decideFor<T>(
    insights: boolean,
    seconds: number,
    look: (isOver: () => boolean) => Promise<T>,
  ) {
    const what = insights ? "enable" : "disable";
    await owner.query(`alter table app.decision ${what} trigger insights_settled`);
    const onError = (error: unknown): void => {
      throw error;
    };
    const roller = createRoller({ db, timeZone: "UTC", onError });
    if (insights) roller.start();
    const start = performance.now();
    const over = (): boolean => performance.now() - start > seconds * 1_000;
    const first = next;
    pending.clear();
    const callers = Array.from({ length: CALLERS }, async () => {
      while (!over()) await decideOne();
    });
    const looking = look(over);
    await Promise.all(callers);
    const took = performance.now() - start;
    const seen = await looking;
    await roller.stop();
    return { rate: ((next - first) * 1_000) / took, seen };
  }

  return {
    rate: async (insights, seconds) =>
      (await decideFor(insights, seconds, () => Promise.resolve())).rate,
    lags: async (seconds) => (await decideFor(true, seconds, watch)).seen,
    async [Symbol.asyncDispose]() {
      await pool.end();
      await owner.end();
    },
  };
}

async function fill(owner: pg.Client, cases: number): Promise<readonly string[]> {
  const db = drizzle(owner);
  await seedPolicy(db);
  const source = await seedSource(db);
  const staff: string[] = [];
  for (let at = 0; at < PEOPLE; at += 1) staff.push((await seedStaff(db)).id);
  await owner.query("set session_replication_role = replica; set synchronous_commit = off");
  await seedQueue(db, { source, cases });
  await owner.query(`
    insert into app.shown_candidate (case_id, cycle, candidate_id, place, verification_id)
      select k.case_id, 1, k.id, 1, k.verification_id from app.candidate k where k.id ~ '^cnd_[0-9]+$'`);
  await owner.query("set session_replication_role = origin; reset synchronous_commit");
  await owner.query("vacuum (analyze)");
  return staff;
}

import { seedPolicy, seedSource, seedStaff } from "@secondlook/testkit/cases/seed-people";
import { seedCase } from "@secondlook/testkit/cases/seed-case";
import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Database, rowsOf, run } from "../database.ts";
import { bruteForce } from "../../test-support/brute-force.ts";
import { expectListed } from "../../test-support/expect-listed.ts";
import { rollupRows } from "../../test-support/rollup-rows.ts";
import { reviewerWork } from "./reviewer-figures.ts";
import { rebuildInsights, rollInsights } from "./roll.ts";

const ZONE = "Europe/Berlin";
/** Around the night in which Berlin sets its clocks back. */
const START = Date.parse("2026-10-23T20:00:00Z");
const PEOPLE = 4;

let database: TestDatabase;
let superuser: pg.Pool;
let appPool: pg.Pool;
let db: Database;
let app: Database;
let staff: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = database.pool();
  appPool = database.pool("secondlook_app");
  db = drizzle(superuser);
  app = drizzle(appPool);
  await seedPolicy(db);
  staff = [];
  for (let at = 0; at < PEOPLE; at += 1) staff.push((await seedStaff(db)).id);
  await rebuildInsights(app, ZONE);
});
afterAll(async () => {
  await Promise.all([superuser.end(), appPool.end()]);
  await database.close();
});

/** One decision of a history: who, what they found, how long it took and how they amended. */
const decision = fc.record({
  who: fc.nat(PEOPLE - 1),
  outcome: fc.constantFrom("duplicate", "distinct", "inconclusive"),
  minutes: fc.integer({ min: 0, max: 40 }),
  sealed: fc.integer({ min: -3, max: 3 }),
  amended: fc.option(fc.integer({ min: -3, max: 3 })),
});
const history = fc.array(
  fc.record({
    region: fc.constantFrom("VN", "DE", "DE-BY"),
    model: fc.constantFrom<string>("6.1", "7.0"),
    recommendation: fc.constantFrom("same_person", "different_person", "none"),
    similarity: fc.option(fc.integer({ min: 40, max: 100 })),
    hour: fc.integer({ min: 0, max: 72 }),
    first: decision,
    second: fc.option(decision),
    /** What comes later: nothing, another cycle with its own final decision, or the final one taken back. */
    later: fc.constantFrom("nothing", "nothing", "reversed", "taken_back"),
    reversal: decision,
  }),
  { minLength: 1, maxLength: 6 },
);
type ValueOf<A> = A extends fc.Arbitrary<infer V> ? V : never;
type History = ValueOf<typeof history>[number];
type Decided = ValueOf<typeof decision>;

const FINDING = { duplicate: "same", distinct: "different", inconclusive: "unresolved" } as const;
let count = 0;

/** The statements that write a history, in order; each is a transaction of its own. */
async function write(each: History): Promise<(() => Promise<void>)[]> {
  const source = await seedSource(db);
  const seeded = await seedCase(db, {
    source,
    region: each.region,
    matcher: { modelVersion: each.model, recommendation: each.recommendation },
    candidates: [{ similarity: each.similarity }],
  });
  const { caseId } = seeded;
  const candidateId = seeded.candidates[0]?.candidateId ?? "";
  const at = START + each.hour * 3_600_000;
  await run(db, sql`update app.review_case set policy_version = 1 where id = ${caseId}`);
  await run(db, sql`select sealed.pin_shown(${caseId}, 1)`);
  const decide =
    (id: string, cycle: number, round: string, by: Decided, final: boolean, hours: number) =>
    async (): Promise<void> => {
      const decided = new Date(at + hours * 3_600_000 + by.minutes * 60_000 + 17_000).toISOString();
      // Nobody takes both looks at a case.
      const other = round === "second" && by.who === each.first.who ? 1 : 0;
      const who = staff[(by.who + other) % PEOPLE] ?? "";
      await db.transaction(async (tx) => {
        // Two people for what harms is the rules' concern and not that of figures.
        await run(tx, sql`set local session_replication_role = replica`);
        await run(
          tx,
          sql`insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since, state, opened_at)
            select case_id, ${cycle}::int, ${round}, route_id, 1, priority, due_at, claimable_at, waiting_since, 'decided',
                   ${decided}::timestamptz - ${by.minutes} * interval '1 minute'
            from app.round where case_id = ${caseId} order by cycle, round limit 1
            on conflict (case_id, cycle, round) do update set state = 'decided', opened_at = excluded.opened_at`,
        );
        await run(
          tx,
          sql`insert into app.decision (id, case_id, cycle, round, staff_id, outcome, reasons, policy_version, fence, is_final, decided_at, undo_until)
            values (${id}, ${caseId}, ${cycle}, ${round}, ${who}, ${by.outcome}, array['a', ${by.outcome}], 1, 1, ${final}, ${decided}::timestamptz, ${decided}::timestamptz)`,
        );
        await run(
          tx,
          sql`insert into app.finding (decision_id, candidate_id, finding) values (${id}, ${candidateId}, ${FINDING[by.outcome]})`,
        );
        for (const [seq, rating] of [by.sealed, by.amended].entries()) {
          if (rating === null) continue;
          await run(
            tx,
            sql`insert into app.rating (case_id, cycle, round, staff_id, candidate_id, seq, rating, detail, viewed_ms)
              values (${caseId}, ${cycle}, ${round}, ${who}, ${candidateId}, ${seq}, ${rating}, '\\x00', 1)`,
          );
        }
        await run(
          tx,
          sql`insert into app.reveal (case_id, cycle, round, staff_id) values (${caseId}, ${cycle}, ${round}, ${who})`,
        );
        await run(
          tx,
          sql`insert into app.active_minute (staff_id, minute)
            select ${who}, m from generate_series(date_trunc('minute', ${decided}::timestamptz) - ${by.minutes} * interval '1 minute',
                                                  ${decided}::timestamptz, interval '2 minutes') m on conflict do nothing`,
        );
      });
    };
  const settle = (id: string) => async (): Promise<void> =>
    run(
      db,
      sql`update app.decision set settled_at = undo_until where id = ${id} and undone_at is null`,
    );
  const takeBack = (id: string) => async (): Promise<void> =>
    run(db, sql`update app.decision set undone_at = decided_at where id = ${id}`);
  count += 1;
  const id = (name: string): string => `dec_${count}${name}`;
  const last = each.second === null ? id("a") : id("b");
  return [
    decide(id("a"), 1, "first", each.first, each.second === null, 0),
    settle(id("a")),
    ...(each.second === null
      ? []
      : [decide(id("b"), 1, "second", each.second, true, 1), settle(last)]),
    ...(each.later === "taken_back" ? [takeBack(last)] : []),
    ...(each.later === "reversed"
      ? [decide(id("c"), 2, "first", each.reversal, true, 30), settle(id("c"))]
      : []),
  ];
}

async function expectExact(): Promise<void> {
  while ((await rollInsights(app, 3)).more);
  await rollInsights(app);
  const kept = await rollupRows(db);
  expect(kept).toEqual(await bruteForce(db, ZONE));
  await rebuildInsights(app, ZONE);
  expect(await rollupRows(db)).toEqual(kept);
}

const ALL = {
  from: "2026-10-01",
  to: "2026-12-31",
  region: null,
  model: null,
  policy: null,
  reviewer: null,
};

/** That each day tells how many people decided, and each person on how many days they did. */
async function expectDays(): Promise<void> {
  const decided = await rowsOf(
    db,
    z.object({ day: z.string(), staff_id: z.string(), decisions: z.number() }),
    sql`select to_char(decided_at at time zone ${ZONE}, 'YYYY-MM-DD') as day, staff_id, count(*)::float8 as decisions
        from app.decision where settled_at is not null and undone_at is null group by 1, 2`,
  );
  const { days, worked } = await reviewerWork(app, ALL);
  expect(days.map(({ day, people, decisions }) => ({ day, people, decisions }))).toEqual(
    [...Map.groupBy(decided, ({ day }) => day)]
      .map(([day, rows]) => ({
        day,
        people: rows.length,
        decisions: rows.reduce((sum, row) => sum + row.decisions, 0),
      }))
      .toSorted((one, other) => one.day.localeCompare(other.day)),
  );
  const daysOf = Map.groupBy(decided, (row) => row.staff_id);
  expect(Object.fromEntries(worked.map((row) => [row.staff_id, row.days]))).toEqual(
    Object.fromEntries([...daysOf].map(([id, rows]) => [id, rows.length])),
  );
  // Dates are made of months, weeks of months and days, wherever they begin and end.
  for (const [from, to] of [
    ["2026-11-02", "2026-11-02"],
    ["2026-10-30", "2026-11-26"],
    ["2026-11-05", "2026-12-07"],
    ["2026-10-02", "2026-12-30"],
  ] as const) {
    const { cells, histograms } = await reviewerWork(app, { ...ALL, from, to });
    const within = decided.filter(({ day }) => day >= from && day <= to);
    const total = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);
    const all = total(within.map((row) => row.decisions));
    expect(total(cells.map((cell) => cell.decisions))).toBe(all);
    const handled = total(cells.map((cell) => cell.handled));
    expect(total(histograms.flatMap(({ hist }) => hist))).toBe(handled);
  }
}

describe("the rollups", () => {
  test("equal what adding up the decisions one by one gives, whatever happens in which order", async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.infiniteStream(fc.nat(9)), async (cases, chance) => {
        const scripts = await Promise.all(cases.map(write));
        // Cases go on in any order, but each in its own; the job runs now and then.
        while (scripts.some((steps) => steps.length > 0)) {
          const open = scripts.filter((steps) => steps.length > 0);
          await open[(chance.next().value ?? 0) % open.length]?.shift()?.();
          if ((chance.next().value ?? 0) < 3) await rollInsights(app, 2);
        }
        await expectExact();
        await expectListed(app, staff, ALL);
        await expectDays();
      }),
      { numRuns: 12, seed: 20_261_123 },
    );
  }, 120_000);

  test("are exact while people decide, jobs run side by side and one is cut in the middle", async () => {
    const cases = fc.sample(history, { numRuns: 6, seed: 7 }).flat();
    const scripts = await Promise.all(cases.map(write));
    let done = false;
    const job = async (): Promise<void> => {
      while (!done) await rollInsights(app, 2).catch(() => undefined);
    };
    const cut = async (): Promise<void> => {
      while (!done) {
        await run(
          db,
          sql`select pg_terminate_backend(pid) from pg_stat_activity
              where usename = 'secondlook_app' and state = 'active' and query like '%insights.roll%' limit 1`,
        );
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    };
    const jobs = [job(), job(), cut()];
    await Promise.all(
      scripts.map(async (steps) => {
        for (const step of steps) await step();
      }),
    );
    done = true;
    await Promise.all(jobs);
    await expectExact();
  }, 120_000);

  test("count what a long transaction did, and don't wait for it with the rest", async () => {
    const [late, ...others] = await Promise.all(
      fc.sample(history, { numRuns: 2, seed: 3 }).flat().map(write),
    );
    const held = await superuser.connect();
    try {
      await held.query("begin");
      await held.query("select pg_current_xact_id()");
      for (const steps of [...others, late ?? []]) for (const step of steps) await step();
      const first = await rollInsights(app);
      expect(first.changes).toBeGreaterThan(0);
      expect((await rollInsights(app)).changes).toBe(0);
      await held.query(
        "update app.decision set undone_at = decided_at where id = (select id from app.decision where settled_at is not null and undone_at is null limit 1)",
      );
      await held.query("commit");
    } finally {
      held.release();
    }
    await expectExact();
  });

  test("say which days a reversal corrected", async () => {
    const sample: History = {
      region: "VN",
      model: "7.0",
      recommendation: "same_person",
      similarity: 97,
      hour: 5,
      first: { who: 0, outcome: "distinct", minutes: 1, sealed: -2, amended: null },
      second: null,
      later: "reversed",
      reversal: { who: 1, outcome: "distinct", minutes: 1, sealed: -2, amended: null },
    };
    await run(db, sql`delete from insights.correction`);
    const steps = await write(sample);
    const corrected = async () =>
      rowsOf(
        db,
        z.object({ day: z.string(), decisions: z.number() }),
        sql`select day::text, decisions::float8 as decisions from insights.correction`,
      );
    for (const step of steps.splice(0, 2)) await step();
    await rollInsights(app);
    expect(await corrected()).toEqual([]);
    for (const step of steps) await step();
    await rollInsights(app);
    // 01:00 UTC on the 24th; the reversal came thirty hours later and corrects nothing of its own day.
    expect(await corrected()).toEqual([{ day: "2026-10-24", decisions: 1 }]);
  });

  test("hold nothing of what the machine said while a case is under review", async () => {
    const before = await rollupRows(db);
    const steps = await write({
      region: "VN",
      model: "secret",
      recommendation: "same_person",
      similarity: 97,
      hour: 9,
      first: { who: 0, outcome: "duplicate", minutes: 1, sealed: 2, amended: 3 },
      second: { who: 1, outcome: "duplicate", minutes: 1, sealed: 2, amended: null },
      later: "nothing",
      reversal: { who: 1, outcome: "distinct", minutes: 1, sealed: 2, amended: null },
    });
    for (const step of steps.splice(0, 3)) await step();
    await rollInsights(app);
    const during = await rollupRows(db);
    expect(during.machine).toEqual(before.machine);
    expect(during.pair).toEqual(before.pair);
    expect(during.reason).toEqual(before.reason);
    expect(during.reviewerModel.join()).not.toMatch(/secret/);
    expect(during.reviewerModel.length).toBeGreaterThan(before.reviewerModel.length);
    const known = await rowsOf(
      db,
      z.record(z.string(), z.unknown()),
      sql`select distinct outcome, reasons, provider, recommendation, band, answer, first_outcome, ratings
          from insights.fact where not judged`,
    );
    expect(known).toEqual([
      {
        outcome: null,
        reasons: null,
        provider: null,
        recommendation: null,
        band: null,
        answer: null,
        first_outcome: null,
        ratings: 0,
      },
    ]);
    for (const step of steps) await step();
    await rollInsights(app);
    expect((await rollupRows(db)).machine.length).toBeGreaterThan(before.machine.length);
  });
});

describe("the application", () => {
  beforeEach(() => rollInsights(app));

  test.each([
    "select * from insights.fact",
    "select * from insights.reviewer_part",
    "select * from insights.change",
    "insert into insights.by_arrival values ('day', '2026-01-01', 'VN', 1)",
    "update insights.by_machine set cleared = 0",
    "delete from insights.by_reviewer",
    "select * from insights.truth(null, 'UTC')",
    "select insights.count_in(null, 1)",
  ])("may not: %s", async (statement) => {
    await expect(appPool.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

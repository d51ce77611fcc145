import { run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { refusalOf } from "../../test-support/judge.ts";
import { createTeam, type Team } from "../../test-support/team.ts";
import type { Staff } from "../core/context.ts";

let desk: Desk;
let team: Team;
let lead: Staff;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  await run(
    desk.owner,
    sql`update app.round set state = 'closed', holder = null, lease_kind = null`,
  );
  await run(desk.owner, sql`update app.staff set disabled_at = app.now()`);
  team = await createTeam(desk);
  lead = await team.hire("lead");
});
afterAll(() => desk[Symbol.asyncDispose]());

const all = { region: null, cursor: null };
const own = async (list?: string) =>
  (await desk.leaves("queue.search")).filter(
    (leaf) =>
      z.object({ id: z.literal(lead.id) }).safeParse(leaf.actor).success &&
      (list === undefined || JSON.stringify(leaf.fields) === JSON.stringify([list])),
  );

describe("how old the backlog is and when it is due", () => {
  const arriveAged = async (hours: number, dueInMinutes: number, round?: "second") => {
    const made = await team.arrive({
      slaMinutes: dueInMinutes,
      ...(round === undefined ? {} : { round, decidedBy: {} }),
    });
    const ago = sql`app.now() - make_interval(mins => ${Math.round(hours * 60)})`;
    await run(
      desk.owner,
      sql`update app.review_case set received_at = ${ago} where id = ${made.caseId}`,
    );
    await run(
      desk.owner,
      sql`update app.round set waiting_since = ${ago} where case_id = ${made.caseId}`,
    );
    return made.caseId;
  };

  test("is counted by bands, and each band finds just its cases", async () => {
    const cases = {
      fresh: await arriveAged(0.5, -5),
      hours: await arriveAged(2, 30),
      day: await arriveAged(20, 200),
      days: await arriveAged(50, 600),
      old: await arriveAged(500, 3000),
    };
    const summary = await desk.as(lead).queue.summary({ region: null });
    expect(summary.ages.map(({ band, count }) => [band, count])).toEqual([
      ["under_1h", 1],
      ["under_4h", 1],
      ["under_1d", 1],
      ["under_3d", 1],
      ["older", 1],
    ]);
    expect(summary.dues.map(({ band, count }) => [band, count])).toEqual([
      ["overdue", 1],
      ["under_1h", 1],
      ["under_4h", 1],
      ["today", 1],
      ["later", 1],
    ]);
    const wanted = [cases.fresh, cases.hours, cases.day, cases.days, cases.old];
    const found = { age: [] as string[], due: [] as string[] };
    for (const { band: age } of summary.ages) {
      const { rows } = await desk.as(lead).queue.overview({ ...all, age });
      found.age.push(...rows.map(({ caseId }) => caseId));
    }
    for (const { band: due } of summary.dues) {
      const { rows } = await desk.as(lead).queue.overview({ ...all, due });
      found.due.push(...rows.map(({ caseId }) => caseId));
    }
    expect(found).toEqual({ age: wanted, due: wanted });
    expect(
      (await desk.as(lead).queue.overview({ ...all, age: "older", due: "overdue" })).rows,
    ).toEqual([]);
  });

  test("of a case that the asker may still judge, its age is since it came in, whatever its stage", async () => {
    const ann = await team.hire();
    const seen = [];
    for (const round of [undefined, "second"] as const) {
      await run(desk.owner, sql`update app.round set state = 'closed'`);
      const { caseId } = await team.arrive(
        round === undefined
          ? { slaMinutes: 700 }
          : { slaMinutes: 700, round, decidedBy: { first: ann.id } },
      );
      await run(
        desk.owner,
        sql`update app.review_case set received_at = app.now() - interval '5 h' where id = ${caseId}`,
      );
      seen.push(await desk.as(lead).queue.summary({ region: null }));
    }
    expect(seen[0]?.ages.find(({ count }) => count > 0)).toEqual({ band: "under_1d", count: 1 });
    expect(seen[1]).toEqual(seen[0]);
  });

  test("is narrowed down to a region, which takes in its subdivisions", async () => {
    await team.arrive({ region: "VN-SG" });
    await team.arrive({ region: "DE" });
    const { ages } = await desk.as(lead).queue.summary({ region: "VN" });
    expect(ages.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  });

  test.each(["due", "oldest"] as const)(
    "the list is ordered by %s, over its pages",
    async (order) => {
      const arrived: string[] = [];
      for (let index = 0; index < 53; index++) {
        arrived.push(await arriveAged(((index * 7) % 53) + 1, 100 + ((index * 11) % 53)));
      }
      const one = await desk.as(lead).queue.overview({ ...all, order });
      const two = await desk.as(lead).queue.overview({ ...all, order, cursor: one.nextCursor });
      const rows = [...one.rows, ...two.rows];
      expect(rows.map(({ caseId }) => caseId).toSorted()).toEqual(arrived.toSorted());
      const keys = rows.map((row) => (order === "due" ? row.dueAt : row.waitingSince));
      expect(keys).toEqual(keys.toSorted());
      expect(two.nextCursor).toBeNull();
      const foreign = desk.as(lead).queue.overview({ ...all, cursor: one.nextCursor });
      expect(await refusalOf(foreign)).toBe("invalid_input");
    },
  );

  test("that somebody looked stands in the log", async () => {
    const before = (await own("summary")).length;
    await desk.as(lead).queue.summary({ region: null });
    expect((await own("summary")).length).toBe(before + 1);
  });
});

describe("cases that nobody may take", () => {
  const list = async () => (await desk.as(lead).queue.nobody(all)).rows;

  test("stand in a list of their own, the longest waiting first, one event for each", async () => {
    await team.arrive();
    const mine = { first: lead.id };
    const younger = await team.arrive({ round: "second", decidedBy: mine, priority: "urgent" });
    const older = await team.arrive({ round: "second", decidedBy: mine });
    await run(
      desk.owner,
      sql`update app.round set waiting_since = app.now() - interval '3 h' where case_id = ${older.caseId}`,
    );
    const before = (await own("nobody")).length;
    expect((await list()).map(({ caseId }) => caseId)).toEqual([older.caseId, younger.caseId]);
    expect((await own("nobody")).slice(before).map(({ subject }) => subject)).toEqual([
      older.probeSubjectId,
      younger.probeSubjectId,
    ]);
    expect((await desk.as(lead).queue.summary({ region: null })).stuck).toBe(2);
    expect((await desk.as(lead).queue.nobody({ ...all, region: "ZZ" })).rows).toEqual([]);
  });

  test("with why: who fits had a part in it, each counted once", async () => {
    const [ann, ben, cat] = [await team.hire(), await team.hire(), await team.hire()];
    const { caseId } = await team.arrive({ round: "second", decidedBy: { first: ann.id } });
    await team.involve(lead, caseId, "case_page");
    await team.involve(ben, caseId, "conflict");
    await team.involve(ben, caseId, "case_page");
    await run(
      desk.owner,
      sql`insert into app.skip values (${caseId}, ${cat.id}, 'distressing', 'infinity')`,
    );
    expect(await list()).toMatchObject([
      {
        caseId,
        stage: "second",
        why: {
          reason: "all_had_part",
          kept: { judged: 1, openedPage: 1, conflict: 1, passed: 1 },
        },
      },
    ]);
  });

  test.each([
    ["region", { regions: "{DE}", languages: null, skills: null }],
    ["language", { regions: null, languages: "{de}", skills: null }],
    ["skill", { regions: null, languages: null, skills: "{}" }],
  ] as const)("with why: nobody has the %s", async (reason, scope) => {
    await team.arrive({ region: "VN", languages: ["vi"] });
    await run(
      desk.owner,
      sql`update app.staff set regions = ${scope.regions}::text[], languages = ${scope.languages}::text[],
                 skills = coalesce(${scope.skills}::text[], skills) where id = ${lead.id}`,
    );
    lead = { ...lead, regions: scope.regions === null ? null : ["DE"] };
    if (reason === "language") lead = { ...lead, languages: ["de"] };
    if (reason === "skill") lead = { ...lead, skills: [] };
    expect((await list()).map(({ why }) => why)).toMatchObject([{ reason, languages: ["vi"] }]);
  });

  test("with why: everything is there, but in no one person", async () => {
    const ann = await team.hire();
    await team.arrive({ region: "VN", languages: ["vi"] });
    await run(desk.owner, sql`update app.staff set regions = '{DE}' where id = ${ann.id}`);
    await run(desk.owner, sql`update app.staff set languages = '{de}' where id = ${lead.id}`);
    lead = { ...lead, languages: ["de"] };
    expect((await list()).map(({ why }) => why)).toMatchObject([{ reason: "nobody_whole" }]);
  });

  test("without why for whoever could judge it and only passed it on: it would tell the stage", async () => {
    for (const round of ["first", "second"] as const) {
      await run(desk.owner, sql`update app.round set state = 'closed'`);
      const { caseId } = await team.arrive({ round, decidedBy: {} });
      await run(
        desk.owner,
        sql`insert into app.skip values (${caseId}, ${lead.id}, 'distressing', 'infinity')`,
      );
      expect(await list()).toMatchObject([{ caseId, stage: null, why: null }]);
    }
  });
});

test.each(["reviewer", "senior", "auditor", "privacy", "admin"] as const)(
  "a %s sees none of it",
  async (role) => {
    const other = await team.hire(role);
    const { queue, decisions } = desk.as(other);
    const asked = [
      queue.summary({ region: null }),
      queue.onShift(),
      queue.nobody(all),
      queue.questions({ region: null }),
      queue.readQuestion({ decisionId: "dec_1" }),
      decisions.mistakes({ ...all, handled: false }),
      decisions.readMistake({ decisionId: "dec_1" }),
      decisions.closeMistake({ decisionId: "dec_1", how: "decision_stands", note: null }),
    ];
    expect(await Promise.all(asked.map(refusalOf))).toEqual(asked.map(() => "forbidden"));
  },
);

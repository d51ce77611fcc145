import { run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { refusalOf, work } from "../../test-support/judge.ts";
import { createTeam, type Team } from "../../test-support/team.ts";
import type { Staff } from "../core/context.ts";
import type { overviewInput } from "../schemas/queue.ts";

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

const whole = { region: null, cursor: null };
const look = (input: Partial<z.input<typeof overviewInput>> = {}) =>
  desk.as(lead).queue.overview({ ...whole, ...input });
const iso = (seconds = 0) => new Date(desk.now().getTime() + seconds * 1000).toISOString();

describe("the leads' list", () => {
  test("counts what waits, what is worked and what is overdue", async () => {
    const ann = await team.hire();
    await team.arrive();
    await team.arrive();
    await team.arrive({ slaMinutes: 1 });
    await team.arrive({ round: "second" });
    await team.arrive({ round: "adjudication" });
    const before = iso();
    await desk.advance(90);
    await team.next(ann);
    expect(await look()).toMatchObject({
      counts: { waiting: 5, beingWorked: 1, overdue: 1 },
      oldestWaitingSince: before,
    });
  });

  test("counts by stage only cases that the asker can't judge any more", async () => {
    const own = { first: lead.id };
    await team.arrive({ round: "second", decidedBy: own });
    await team.arrive({ round: "adjudication", decidedBy: own });
    await team.arrive({ round: "second" });
    await team.arrive();
    const seen = await team.arrive();
    await team.involve(lead, seen.caseId, "case_page");
    const wait = async (caseId: string) =>
      run(
        desk.owner,
        sql`update app.review_case set stage = 'awaiting_capture' where id = ${caseId}`,
      );
    await wait((await team.arrive()).caseId);
    expect((await look()).counts).toMatchObject({ awaitingCapture: 0 });
    await wait(seen.caseId);
    expect((await look()).counts).toMatchObject({
      waiting: 6,
      first: 1,
      second: 1,
      adjudication: 1,
      awaitingCapture: 1,
    });
  });

  test("says who holds what, and until when", async () => {
    const ann = await team.hire();
    const { caseId } = await team.arrive();
    await team.next(ann);
    const { rows } = await look();
    expect(rows).toMatchObject([
      { caseId, heldBy: { displayName: ann.displayName, until: iso(120) } },
    ]);
    await desk.advance(120);
    expect((await look()).rows).toMatchObject([{ caseId, heldBy: null }]);
  });

  test("that a case is kept ready for somebody is told of nobody", async () => {
    const ann = await team.hire();
    await team.arrive();
    const { caseId } = await team.arrive();
    const before = (await look()).rows.find((row) => row.caseId === caseId);
    const { reserved } = await team.next(ann);
    expect(reserved?.caseId).toBe(caseId);
    expect((await look()).rows.find((row) => row.caseId === caseId)).toEqual(before);
  });

  test("of a case that the asker may still judge, nothing tells the stage", async () => {
    const ann = await team.hire();
    const arrived = [
      await team.arrive({ round: "first", decidedBy: {} }),
      await team.arrive({ round: "second", decidedBy: { first: ann.id } }),
      await team.arrive({ round: "adjudication", decidedBy: { first: ann.id } }),
    ];
    // As a successor would stand there: it began to wait later than the case came in.
    await run(
      desk.owner,
      sql`update app.round set waiting_since = app.now() - interval '1 s', claimable_at = app.now() - interval '1 s'
          where round <> 'first' and state = 'open'`,
    );
    await desk.advance(60);
    const { rows } = await look();
    expect(rows.map((row) => row.caseId)).toEqual(arrived.map((each) => each.caseId));
    const [first, ...others] = rows.map(({ caseId: _case, dueAt: _due, ...row }) => row);
    expect(first).toMatchObject({ stage: null });
    for (const other of others) expect(other).toEqual(first);
  });

  test("of a case that they had a part in, the stage is told", async () => {
    const { caseId } = await team.arrive({ round: "second", decidedBy: { first: lead.id } });
    await team.hire();
    expect((await look()).rows).toMatchObject([{ caseId, stage: "second" }]);
  });

  test("the order tells nothing of the stage: priority, then due time", async () => {
    const wanted = [
      await team.arrive({ priority: "high", round: "first" }),
      await team.arrive({ priority: "high", round: "second" }),
      await team.arrive({ priority: "normal", round: "adjudication" }),
    ];
    expect((await look()).rows.map((row) => row.caseId)).toEqual(wanted.map((one) => one.caseId));
  });

  test.each([
    ["goes on to a second round", "duplicate", "s"],
    ["ends there", "distinct", "d"],
  ] as const)(
    "a case that %s tells nothing while it can be undone",
    async (_, outcome, findings) => {
      const scene = await desk.scene({ candidates: 1 });
      const [ann, other] = [await scene.hire(), await scene.hire("lead")];
      const seen = () => desk.as(other).queue.overview(whole);
      const before = await seen();
      const { decided } = await work(desk, scene, ann, { outcome, findings });
      expect(decided).toBeDefined();
      expect(await seen()).toEqual(before);
      await desk.advance(9.9);
      expect(await seen()).toEqual(before);
      await desk.advance(0.2);
      if (outcome === "duplicate") expect(await seen()).toEqual(before);
    },
  );

  test("a region takes in its subdivisions, and leaves the counts whole", async () => {
    const wanted = [await team.arrive({ region: "VN" }), await team.arrive({ region: "VN-SG" })];
    await team.arrive({ region: "DE" });
    const found = await look({ region: "VN" });
    expect(found.rows.map((row) => row.caseId)).toEqual(wanted.map((one) => one.caseId));
    expect(found.counts.waiting).toBe(3);
  });

  test("pages hold every case once", async () => {
    const arrived: string[] = [];
    for (let index = 0; index < 60; index++) {
      const { caseId } = await team.arrive({ slaMinutes: 100 + (index % 7) });
      arrived.push(caseId);
    }
    const one = await look();
    expect(one.rows).toHaveLength(50);
    const two = await look({ cursor: one.nextCursor });
    expect(two.nextCursor).toBeNull();
    const seen = [...one.rows, ...two.rows].map((row) => row.caseId);
    expect(seen.toSorted()).toEqual(arrived.toSorted());
  });

  test.each([
    "nonsense",
    '[false,1,"0000-01-01T00:00:00Z","cas_1"]',
    '[false,99999,"2026-01-01T00:00:00Z","cas_1"]',
    '[false,-1,"2026-01-01T00:00:00Z","cas_1"]',
    '[false,1,"2026-01-01T00:00:00Z","cas_\\u0000"]',
  ])("a page begins only where another ended, not at %j", async (cursor) => {
    await expect(refusalOf(look({ cursor }))).resolves.toBe("invalid_input");
  });

  test("a region with a NUL is refused", async () => {
    await expect(look({ region: "V\0" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("every account shown stands in the log, one a leaf; an empty list as one", async () => {
    const own = async () =>
      (await desk.leaves("queue.search")).filter(
        ({ actor }) => z.object({ id: z.literal(lead.id) }).safeParse(actor).success,
      );
    await look();
    expect((await own()).map((leaf) => leaf.subject)).toEqual([undefined]);
    const arrived = [await team.arrive(), await team.arrive()];
    await look();
    expect((await own()).slice(1).map((leaf) => leaf.subject)).toEqual(
      arrived.map((each) => each.probeSubjectId),
    );
  });

  test.each(["reviewer", "senior", "auditor", "admin"] as const)(
    "a %s is refused",
    async (role) => {
      const other = await team.hire(role);
      await expect(refusalOf(desk.as(other).queue.overview(whole))).resolves.toBe("forbidden");
    },
  );
});

describe("nobody eligible is left", () => {
  const stuck = async () => (await look()).rows.map((row) => row.nobodyEligible);

  test("while somebody of the right role and scope had no part in it, a case is not stuck", async () => {
    const ann = await team.hire();
    await team.arrive({ round: "second", decidedBy: { first: ann.id } });
    expect(await stuck()).toEqual([false]);
  });

  test("once everybody had, it is, and stands first", async () => {
    await team.arrive({ priority: "urgent" });
    const { caseId } = await team.arrive({ round: "second", decidedBy: { first: lead.id } });
    await team.arrive({ priority: "urgent" });
    const { rows } = await look();
    expect(rows[0]).toMatchObject({ caseId, nobodyEligible: true, stage: "second" });
    expect(rows.slice(1).map((row) => row.nobodyEligible)).toEqual([false, false]);
  });

  test("somebody whose account is closed does not count", async () => {
    const ann = await team.hire();
    await team.arrive({ round: "second", decidedBy: { first: lead.id } });
    expect(await stuck()).toEqual([false]);
    await run(desk.owner, sql`update app.staff set disabled_at = app.now() where id = ${ann.id}`);
    expect(await stuck()).toEqual([true]);
  });

  test("a reviewer does not count for an adjudication, nor somebody out of scope", async () => {
    await team.hire("reviewer");
    await team.hire("senior");
    await team.arrive({ round: "adjudication", decidedBy: { first: lead.id } });
    expect(await stuck()).toEqual([true]);
    const other = await team.hire("lead");
    expect(await stuck()).toEqual([false]);
    await run(desk.owner, sql`update app.staff set regions = '{DE}' where id = ${other.id}`);
    expect(await stuck()).toEqual([true]);
  });

  test("whoever passed it on for good does not count, whoever skipped it does", async () => {
    const ann = await team.hire();
    const { caseId } = await team.arrive({ round: "second", decidedBy: { first: lead.id } });
    await run(
      desk.owner,
      sql`insert into app.skip values (${caseId}, ${ann.id}, 'skip', app.now() + interval '30 min')`,
    );
    expect(await stuck()).toEqual([false]);
    await run(
      desk.owner,
      sql`update app.skip set reason = 'language', until = 'infinity' where case_id = ${caseId}`,
    );
    expect(await stuck()).toEqual([true]);
  });

  test("a case that somebody works on is not stuck", async () => {
    const ann = await team.hire();
    const { caseId } = await team.arrive({ round: "second", decidedBy: { first: lead.id } });
    await team.next(ann);
    await team.involve(ann, caseId, "sealed", "second");
    expect(await stuck()).toEqual([false]);
  });

  test("one's own round, worked before, can be taken up again: not stuck", async () => {
    const ann = await team.hire();
    const { caseId } = await team.arrive({ round: "second", decidedBy: { first: lead.id } });
    await team.involve(ann, caseId, "sealed", "second");
    expect(await stuck()).toEqual([false]);
    await team.involve(ann, caseId, "case_page");
    expect(await stuck()).toEqual([true]);
  });
});

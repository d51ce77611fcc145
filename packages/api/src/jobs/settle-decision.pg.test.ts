import { rowsOf, run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { work } from "../../test-support/judge.ts";
import { settleDecision, settleDue } from "./settle-decision.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const DUPLICATE = { outcome: "duplicate", findings: "s" } as const;
const DISTINCT = { outcome: "distinct", findings: "d" } as const;

test("settling is recorded once, after the window, and deletes the round's drafts", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const ann = await scene.hire();
  const { held, decided } = await work(desk, scene, ann, DISTINCT);
  await run(
    desk.owner,
    sql`insert into app.draft (case_id, cycle, round, staff_id, content) values (${held.caseId}, 1, 'first', ${ann.id}, '\\x00')`,
  );
  const jobs = desk.jobs.length;
  expect(await settleDecision(desk.deps, decided.decisionId)).toBe("early");
  expect(desk.jobs.slice(jobs)).toEqual([desk.jobs[jobs - 1]]);
  await desk.advance(10);
  expect(await settleDecision(desk.deps, decided.decisionId)).toBe("settled");
  expect(await settleDecision(desk.deps, decided.decisionId)).toBe("nothing");
  const events = (await desk.leaves("decision.settle", "decision.effective")).filter(
    (leaf) => leaf["case"] === scene.caseId,
  );
  expect(events).toMatchObject([
    { kind: "decision.settle", ruling: decided.decisionId, actor: { id: "sys_jobs" } },
    { kind: "decision.effective", decision: { id: decided.decisionId, outcome: "distinct" } },
  ]);
  const rows = await rowsOf(
    desk.owner,
    z.looseObject({}),
    sql`select settled_at, effective_at, undo_until, (select count(*)::int from app.draft where case_id = ${scene.caseId}) as drafts
        from app.decision where id = ${decided.decisionId}`,
  );
  expect(rows).toMatchObject([{ drafts: 0, effective_at: rows[0]?.["undo_until"] }]);
});

test("settling says of a round that another follows only that its window is over", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const { decided } = await work(desk, scene, await scene.hire(), DUPLICATE);
  await desk.advance(10);
  expect(await settleDecision(desk.deps, decided.decisionId)).toBe("settled");
  const events = (await desk.leaves("decision.settle", "decision.effective")).filter(
    (leaf) => leaf["case"] === scene.caseId,
  );
  expect(events.map((leaf) => leaf.kind)).toEqual(["decision.settle"]);
});

test("a start sweeps up what no job has settled", async () => {
  await settleDue(desk.deps);
  const scene = await desk.scene({ candidates: 1 });
  await work(desk, scene, await scene.hire(), DISTINCT);
  expect(await settleDue(desk.deps)).toBe(0);
  await desk.advance(10);
  expect(await settleDue(desk.deps)).toBe(1);
  expect(await settleDue(desk.deps)).toBe(0);
});

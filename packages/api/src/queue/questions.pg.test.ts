import { run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Desk, openDesk, type Scene } from "../../test-support/desk.ts";
import { claimed, refusalOf, sealAll, work } from "../../test-support/judge.ts";
import type { Staff } from "../core/context.ts";

const QUESTION = "Is it the same scar?";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  await run(
    desk.owner,
    sql`update app.round set state = 'closed', holder = null, lease_kind = null`,
  );
});
afterAll(() => desk[Symbol.asyncDispose]());

/** A case whose first reviewer asks a lead, and whose undo window is over unless said otherwise. */
async function asked(
  passed = 11,
): Promise<{ scene: Scene; ann: Staff; decisionId: `dec_${string}` }> {
  const scene = await desk.scene({ candidates: 1 });
  const ann = await scene.hire();
  const { decided } = await work(desk, scene, ann, { outcome: "inconclusive", findings: "u" });
  await desk.advance(passed);
  return { scene, ann, decisionId: decided.decisionId };
}

const list = async (lead: Staff, region: string | null = null) =>
  (await desk.as(lead).queue.questions({ region })).rows;

/** A lead of another scene: none of its cases can come to them. */
const outside = async () => (await desk.scene()).hire("lead");

test("are told to leads who can't answer them, the oldest first, without their text", async () => {
  const one = await asked();
  const two = await asked();
  const [lead, first] = [await outside(), await one.scene.hire("lead")];
  const rows = await list(lead);
  expect(rows.map(({ caseId }) => caseId)).toEqual([one.scene.caseId, two.scene.caseId]);
  expect(rows[0]).toMatchObject({ askedBy: one.ann.displayName, heldBy: null, leadsLeft: 1 });
  expect(rows[1]).toMatchObject({ leadsLeft: 0 });
  expect(JSON.stringify(rows)).not.toContain(QUESTION);
  expect((await desk.as(lead).queue.summary({ region: null })).questions).toBe(2);
  expect(await list(lead, "ZZ")).toEqual([]);
  const leaves = (await desk.leaves("queue.search")).filter(
    ({ fields }) => JSON.stringify(fields) === '["questions"]',
  );
  expect(leaves.slice(0, 2).map(({ subject }) => subject)).toEqual([
    one.scene.probeSubjectId,
    two.scene.probeSubjectId,
  ]);
  await claimed(one.scene, first);
  expect((await list(lead))[0]).toMatchObject({ heldBy: first.displayName });
});

test("are not there while the decision can be undone", async () => {
  await asked(5);
  const lead = await outside();
  expect(await list(lead)).toEqual([]);
  await desk.advance(6);
  expect(await list(lead)).toHaveLength(1);
});

test("are kept from whoever may answer them: list, count and text, also once they have begun", async () => {
  const { scene, decisionId } = await asked();
  const lead = await scene.hire("lead");
  const blind = async () => {
    expect(await list(lead)).toEqual([]);
    expect((await desk.as(lead).queue.summary({ region: null })).questions).toBe(0);
    expect(await refusalOf(desk.as(lead).queue.readQuestion({ decisionId }))).toBe("not_found");
  };
  await blind();
  const held = await claimed(scene, lead);
  await blind();
  await sealAll(desk, lead, held, [[scene.candidates[0]?.candidateId ?? "cnd_none", 0]]);
  await blind();
});

test("a question that is hidden and one that there never was are refused alike", async () => {
  const { scene, decisionId } = await asked();
  const lead = await scene.hire("lead");
  const answer = async (of: `dec_${string}`) =>
    desk
      .as(lead)
      .queue.readQuestion({ decisionId: of })
      .catch((error: unknown) => (error instanceof Error ? error.message : ""));
  expect(await answer(decisionId)).toBe(await answer("dec_nothing"));
});

test("its text is read by a recorded act, after which no round of the case is given to the reader", async () => {
  const { scene, decisionId } = await asked();
  const lead = await outside();
  expect(await desk.as(lead).queue.readQuestion({ decisionId })).toEqual({ question: QUESTION });
  const [leaf] = (await desk.leaves("case.view")).slice(-1);
  expect(leaf).toMatchObject({
    subject: scene.probeSubjectId,
    fields: ["question"],
    purpose: { code: "question" },
  });
  expect(JSON.stringify(leaf)).not.toContain("scar");
  // Were they given the scene's skill now, the case would still not come to them.
  await run(
    desk.owner,
    sql`update app.staff set skills = (select skills from app.review_case where id = ${scene.caseId}) where id = ${lead.id}`,
  );
  expect(await scene.claim(lead)).toBeUndefined();
  expect(await scene.claim(await scene.hire("lead"))).toMatchObject({ round: "adjudication" });
});

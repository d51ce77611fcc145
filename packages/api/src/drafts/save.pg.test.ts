import { rowsOf } from "@secondlook/db/database";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { claimed, refusalOf, work } from "../../test-support/judge.ts";
import { workCaseOf } from "../queue/work-case.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

function contentOf(rationale: string) {
  return {
    judgements: {},
    findings: {},
    outcome: null,
    reasons: [],
    rationale,
    question: "",
    exemptionNote: "",
  };
}

test("a draft comes back to its author with the case, and to nobody else", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const [ann, ben] = [await scene.hire(), await scene.hire()];
  const held = await claimed(scene, ann);
  const lease = { caseId: held.caseId, fence: held.fence };
  await desk.as(ann).drafts.save({ ...lease, content: contentOf("half a sen") });
  await desk.as(ann).drafts.save({ ...lease, content: contentOf("half a sentence") });
  const mine = await workCaseOf(desk.deps, desk.app, { ...lease, staffId: ann.id });
  expect(mine.draft).toEqual(contentOf("half a sentence"));
  await desk.advance(600);
  const theirs = await claimed(scene, ben);
  const other = { caseId: theirs.caseId, fence: theirs.fence, staffId: ben.id };
  expect((await workCaseOf(desk.deps, desk.app, other)).draft).toBeNull();
});

test("a draft lies encrypted", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const ann = await scene.hire();
  const held = await claimed(scene, ann);
  const content = contentOf("the scar is on the left");
  await desk.as(ann).drafts.save({ caseId: held.caseId, fence: held.fence, content });
  const rows = await rowsOf(
    desk.owner,
    z.object({ content: z.instanceof(Uint8Array) }),
    sql`select content from app.draft where case_id = ${held.caseId}`,
  );
  expect(rows).toHaveLength(1);
  expect(Buffer.from(rows[0]?.content ?? []).toString("latin1")).not.toContain("scar");
});

test("what was typed when the lease ran out is kept, also while another reviewer has the case", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const [ann, ben] = [await scene.hire(), await scene.hire()];
  const held = await claimed(scene, ann);
  const lease = { caseId: held.caseId, fence: held.fence };
  const [one] = scene.candidates;
  if (one === undefined) throw new Error("no candidate");
  await desk.as(ann).judging.openCandidate({ ...lease, candidateId: one.candidateId });
  await desk.advance(600);
  await claimed(scene, ben);
  const late = desk.as(ann).drafts.save({ ...lease, content: contentOf("a last word") });
  expect(await refusalOf(late)).toBe("allowed");
});

test("a draft names no more reasons than there are", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const ann = await scene.hire();
  const { caseId, fence } = await claimed(scene, ann);
  const save = (count: number) =>
    desk.as(ann).drafts.save({
      caseId,
      fence,
      content: {
        ...contentOf(""),
        reasons: Array.from({ length: count }, () => "same_face" as const),
      },
    });
  await save(REASON_CODES.length);
  await expect(save(REASON_CODES.length + 1)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("who never had the case can't leave a draft on it", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const [ann, ben] = [await scene.hire(), await scene.hire()];
  const held = await claimed(scene, ann);
  const lease = { caseId: held.caseId, fence: held.fence };
  const content = contentOf("not mine");
  expect(await refusalOf(desk.as(ben).drafts.save({ ...lease, content }))).toBe("lease_lost");
});

test("a decided round takes no more drafts", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const ann = await scene.hire();
  const { held } = await work(desk, scene, ann, { outcome: "duplicate", findings: "s" });
  const lease = { caseId: held.caseId, fence: held.fence };
  const content = contentOf("too late");
  expect(await refusalOf(desk.as(ann).drafts.save({ ...lease, content }))).toBe("lease_lost");
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { claimed, sealAll, submissionOf } from "../../test-support/judge.ts";
import type { Staff } from "../core/context.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const DISTINCT = { outcome: "distinct", findings: "d" } as const;

test("what can still be undone is told to its author alone, and only while it can", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const [ann, ben] = [await scene.hire(), await scene.hire()];
  const asked = async (who: Staff) => (await desk.as(who).decisions.undoable()).decision;
  const held = await claimed(scene, ann);
  const [one] = scene.candidates;
  if (one === undefined) throw new Error("no candidate");
  await sealAll(desk, ann, held, [[one.candidateId, -2]]);
  expect(await asked(ann)).toBeNull();
  const told = await desk.as(ann).decisions.submit(submissionOf(scene, held, DISTINCT));
  expect(await asked(ann)).toEqual({ ...told, caseId: held.caseId, outcome: "distinct" });
  expect(await asked(ben)).toBeNull();
  const { decisionId } = told;
  const back = await desk.as(ann).decisions.undo({ decisionId });
  expect(await asked(ann)).toBeNull();
  if (back.state !== "work") throw new Error("the case did not come back");
  const again = { ...held, fence: back.active.fence };
  await desk.as(ann).decisions.submit(submissionOf(scene, again, DISTINCT));
  await desk.advance(10);
  expect(await asked(ann)).toBeNull();
});

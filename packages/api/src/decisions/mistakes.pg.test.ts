import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { claimed, refusalOf, sealAll, submissionOf } from "../../test-support/judge.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

async function decided(outcome: "distinct" | "duplicate" = "distinct") {
  const scene = await desk.scene({ candidates: 1 });
  const ann = await scene.hire();
  const held = await claimed(scene, ann);
  const candidateId = scene.candidates[0]?.candidateId ?? "cnd_none";
  const findings = outcome === "distinct" ? "d" : "s";
  await sealAll(desk, ann, held, [[candidateId, outcome === "distinct" ? -2 : 3]]);
  const submission = submissionOf(scene, held, { outcome, findings });
  const { decisionId } = await desk.as(ann).decisions.submit(submission);
  return { scene, ann, decisionId };
}

describe("a mistake of one's own", () => {
  test("is reported once, after the window, by its author alone", async () => {
    const { scene, ann, decisionId } = await decided();
    const report = { decisionId, note: "I mixed up the two ID photos." };
    expect(await refusalOf(desk.as(ann).decisions.reportMistake(report))).toBe("conflict");
    await desk.advance(11);
    const ben = await scene.hire();
    expect(await refusalOf(desk.as(ben).decisions.reportMistake(report))).toBe("not_found");
    expect(await refusalOf(desk.as(ann).decisions.reportMistake(report))).toBe("allowed");
    expect(await refusalOf(desk.as(ann).decisions.reportMistake(report))).toBe("conflict");
    const [leaf] = (await desk.leaves("decision.mistake")).slice(-1);
    expect(leaf).toMatchObject({ ruling: decisionId, subject: scene.probeSubjectId });
    expect(JSON.stringify(leaf)).not.toContain("mixed up");

    const { rows } = await desk.as(ann).decisions.mine();
    expect(rows[0]).toMatchObject({ decisionId, outcome: "distinct", final: true, reported: true });
    expect((await desk.as(ben).decisions.mine()).rows).toEqual([]);
  });

  test("is listed for leads, who read the note on the case's page", async () => {
    const { scene, ann, decisionId } = await decided();
    await desk.advance(11);
    await desk.as(ann).decisions.reportMistake({ decisionId, note: "The clip shows another." });
    const lead = await scene.hire("lead");
    const { rows } = await desk.as(lead).decisions.mistakes();
    expect(rows.filter((row) => row.caseId === scene.caseId)).toMatchObject([{ decisionId }]);
    expect(JSON.stringify(rows)).not.toContain("The clip");
    const page = await desk.as(lead).cases.page({ caseId: scene.caseId });
    expect(page.decisions[0]?.mistake?.note).toBe("The clip shows another.");
    expect(await refusalOf(desk.as(ann).decisions.mistakes())).toBe("forbidden");
  });

  test("is not told to a lead who may still judge the case", async () => {
    const { scene, ann, decisionId } = await decided("duplicate");
    await desk.advance(11);
    await desk.as(ann).decisions.reportMistake({ decisionId, note: "Too quick." });
    const lead = await scene.hire("lead");
    const listed = async () =>
      (await desk.as(lead).decisions.mistakes()).rows.some((row) => row.decisionId === decisionId);
    // The case waits for its second round, which the lead may be given.
    expect(await listed()).toBe(false);
    await desk.as(lead).cases.page({ caseId: scene.caseId });
    expect(await listed()).toBe(true);
  });
});

test("preferences are one's own, and what has no meaning any more counts as not chosen", async () => {
  const scene = await desk.scene();
  const [ann, ben] = [await scene.hire(), await scene.hire()];
  const chosen = { keys: { undo: "g" }, tourDone: true };
  await desk.as(ann).session.savePreferences(chosen);
  await desk.as(ann).session.savePreferences(chosen);
  expect((await desk.as(ann).session.me()).preferences).toEqual(chosen);
  expect((await desk.as(ben).session.me()).preferences).toEqual({ keys: {}, tourDone: false });
});

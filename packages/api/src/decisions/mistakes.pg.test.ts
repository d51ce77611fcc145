import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { claimed, refusalOf, sealAll, submissionOf } from "../../test-support/judge.ts";
import type { Staff } from "../core/context.ts";

const open = { region: null, handled: false, cursor: null };

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

  test("is listed for leads, who read the note one by one or on the case's page", async () => {
    const { scene, ann, decisionId } = await decided();
    await desk.advance(11);
    await desk.as(ann).decisions.reportMistake({ decisionId, note: "The clip shows another." });
    const lead = await scene.hire("lead");
    const { rows } = await desk.as(lead).decisions.mistakes(open);
    expect(rows.filter((row) => row.caseId === scene.caseId)).toMatchObject([
      { decisionId, by: ann.displayName, isYours: false, outcome: "distinct", handled: null },
    ]);
    expect(JSON.stringify(rows)).not.toContain("The clip");
    expect(await desk.as(lead).decisions.readMistake({ decisionId })).toEqual({
      note: "The clip shows another.",
      answer: null,
    });
    const [leaf] = (await desk.leaves("case.view")).slice(-1);
    expect(leaf).toMatchObject({ subject: scene.probeSubjectId, fields: ["mistake"] });
    expect(JSON.stringify(leaf)).not.toContain("The clip");
    const page = await desk.as(lead).cases.page({ caseId: scene.caseId });
    expect(page.decisions[0]?.mistake?.note).toBe("The clip shows another.");
    expect(await refusalOf(desk.as(ann).decisions.mistakes(open))).toBe("forbidden");
  });

  test("whoever has read it is given no round of its case any more", async () => {
    const { scene, ann, decisionId } = await decided();
    await desk.advance(11);
    await desk.as(ann).decisions.reportMistake({ decisionId, note: "Too quick." });
    const lead = await scene.hire("lead");
    await desk.as(lead).decisions.readMistake({ decisionId });
    await run(
      desk.owner,
      sql`update app.review_case set stage = 'first', cycle = 2, policy_version = null where id = ${scene.caseId}`,
    );
    await run(
      desk.owner,
      sql`update app.round set cycle = 2, state = 'open', claimable_at = app.now(), waiting_since = app.now()
          where case_id = ${scene.caseId}`,
    );
    expect(await scene.claim(lead)).toBeUndefined();
    expect(await scene.claim(await scene.hire("lead"))).toBeDefined();
  });

  test("waits in a list, the oldest report first, until a lead who isn't its author closes it", async () => {
    const reported: Awaited<ReturnType<typeof decided>>[] = [];
    for (let index = 0; index < 2; index++) {
      const one = await decided();
      await desk.advance(11);
      await desk.as(one.ann).decisions.reportMistake({ decisionId: one.decisionId, note: "Oh." });
      reported.push(one);
    }
    const [one, two] = reported;
    if (one === undefined || two === undefined) throw new Error();
    const lead = await one.scene.hire("lead");
    const waits = async () =>
      (await desk.as(lead).decisions.mistakes(open)).rows
        .map((row) => row.decisionId)
        .filter((id) => reported.some(({ decisionId }) => decisionId === id));
    const count = async () => (await desk.as(lead).queue.summary({ region: null })).mistakes;
    const before = await count();
    expect(await waits()).toEqual([one.decisionId, two.decisionId]);
    const closed = {
      decisionId: one.decisionId,
      how: "asked_upstream" as const,
      note: "A new search.",
    };
    // Their author may be a lead by now, and still not close it.
    await run(desk.owner, sql`update app.staff set role = 'lead' where id = ${one.ann.id}`);
    const author: Staff = { ...one.ann, role: "lead" };
    expect(await refusalOf(desk.as(author).decisions.closeMistake(closed))).toBe("forbidden");
    expect(await refusalOf(desk.as(lead).decisions.closeMistake(closed))).toBe("allowed");
    const [leaf] = (await desk.leaves("decision.mistake_closed")).slice(-1);
    expect(leaf).toMatchObject({
      ruling: one.decisionId,
      subject: one.scene.probeSubjectId,
      reason: "asked_upstream",
    });
    expect(JSON.stringify(leaf)).not.toContain("new search");
    expect(await refusalOf(desk.as(lead).decisions.closeMistake(closed))).toBe("conflict");
    expect(await waits()).toEqual([two.decisionId]);
    expect(await count()).toBe(before - 1);
    const { rows } = await desk.as(lead).decisions.mistakes({ ...open, handled: true });
    expect(rows[0]).toMatchObject({
      decisionId: one.decisionId,
      handled: { by: lead.displayName, how: "asked_upstream" },
    });
    expect(await desk.as(lead).decisions.readMistake({ decisionId: one.decisionId })).toEqual({
      note: "Oh.",
      answer: "A new search.",
    });
  });

  test("every account shown stands in the log, and pages hold each report once", async () => {
    const { scene, ann } = await decided();
    await desk.advance(11);
    await run(
      desk.owner,
      sql`insert into app.decision (id, case_id, cycle, round, staff_id, outcome, reasons, policy_version, fence, is_final,
                                    decided_at, undo_until, undone_at)
          select 'dec_page' || n, ${scene.caseId}, 1, 'first', ${ann.id}, 'distinct', '{different_face}', 1, 1, false,
                 app.now(), app.now(), app.now() from generate_series(1, 60) n`,
    );
    await run(
      desk.owner,
      sql`insert into app.mistake (decision_id, note, at)
          select 'dec_page' || n, 'a'::bytea, app.now() + make_interval(mins => n % 7) from generate_series(1, 60) n`,
    );
    const lead = await scene.hire("lead");
    const before = (await desk.leaves("queue.search")).length;
    const one = await desk.as(lead).decisions.mistakes(open);
    expect((await desk.leaves("queue.search")).slice(before)).toHaveLength(50);
    const two = await desk.as(lead).decisions.mistakes({ ...open, cursor: one.nextCursor });
    const ids = [...one.rows, ...two.rows].map((row) => row.decisionId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.startsWith("dec_page"))).toHaveLength(60);
    const cursor = "nonsense";
    expect(await refusalOf(desk.as(lead).decisions.mistakes({ ...open, cursor }))).toBe(
      "invalid_input",
    );
    await run(desk.owner, sql`delete from app.mistake where decision_id like 'dec_page%'`);
  });

  test("is not told to a lead who may still judge the case", async () => {
    const { scene, ann, decisionId } = await decided("duplicate");
    await desk.advance(11);
    await desk.as(ann).decisions.reportMistake({ decisionId, note: "Too quick." });
    const lead = await scene.hire("lead");
    const listed = async () =>
      (await desk.as(lead).decisions.mistakes(open)).rows.some(
        (row) => row.decisionId === decisionId,
      );
    // The case waits for its second round, which the lead may be given.
    expect(await listed()).toBe(false);
    expect(await refusalOf(desk.as(lead).decisions.readMistake({ decisionId }))).toBe("not_found");
    const closing = { decisionId, how: "decision_stands" as const, note: null };
    expect(await refusalOf(desk.as(lead).decisions.closeMistake(closing))).toBe("not_found");
    // Nor once they have begun it: what they sealed is of the round that is open.
    const held = await claimed(scene, lead);
    await sealAll(desk, lead, held, [[scene.candidates[0]?.candidateId ?? "cnd_none", 3]]);
    expect(await listed()).toBe(false);
    expect(await refusalOf(desk.as(lead).decisions.readMistake({ decisionId }))).toBe("not_found");
  });

  test("is told to a lead who opened the case's page, and so judges it no more", async () => {
    const { scene, ann, decisionId } = await decided("duplicate");
    await desk.advance(11);
    await desk.as(ann).decisions.reportMistake({ decisionId, note: "Too quick." });
    const lead = await scene.hire("lead");
    const listed = async () =>
      (await desk.as(lead).decisions.mistakes(open)).rows.some(
        (row) => row.decisionId === decisionId,
      );
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

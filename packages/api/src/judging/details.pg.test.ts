import { run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { claimed, leaseOf, refusalOf, sealAll } from "../../test-support/judge.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

async function start(candidates: number) {
  const scene = await desk.scene({ candidates });
  const ann = await scene.hire();
  const held = await claimed(scene, ann);
  return { scene, ann, held, at: leaseOf(scene, held) };
}

describe("names, attributes and shared signals", () => {
  test("open after the seal, each side under its own key, one leaf for each person", async () => {
    const probe = { fullName: "Mai Anh", payoutAccount: "VN-1" };
    const scene = await desk.scene({
      probe: { attributes: probe },
      candidates: [
        {
          attributes: { fullName: "Mai Ánh", dateOfBirth: "1991-04-02" },
          sharedSignals: ["payoutAccount"],
        },
        {},
      ],
    });
    for (const subjectId of [scene.probeSubjectId, scene.candidates[0]?.subjectId]) {
      await run(
        desk.owner,
        sql`insert into app.signal (kind, hash, subject_id) values ('payoutAccount', '\\x01', ${subjectId})`,
      );
    }
    const ann = await scene.hire();
    const held = await claimed(scene, ann);
    const at = leaseOf(scene, held);
    expect(await refusalOf(desk.as(ann).judging.attributes(at(0)))).toBe("not_sealed");
    await sealAll(desk, ann, held, [[at(0).candidateId, 2]]);
    expect(await desk.as(ann).judging.attributes(at(0))).toEqual({
      candidateId: at(0).candidateId,
      probe,
      candidate: { fullName: "Mai Ánh" },
      masked: [
        { field: "dateOfBirth", probe: false, candidate: true, likeness: "unknown", words: "" },
      ],
      sharedSignals: ["payoutAccount"],
      signalCounts: { payoutAccount: 2 },
    });
    expect(await refusalOf(desk.as(ann).judging.attributes(at(1)))).toBe("not_sealed");
    const leaves = (await desk.leaves("field.reveal")).slice(-2);
    expect(leaves.map(({ subject, fields }) => ({ subject, fields }))).toEqual([
      { subject: scene.probeSubjectId, fields: ["full_name", "payout_account", "signal_counts"] },
      {
        subject: scene.candidates[0]?.subjectId,
        fields: ["full_name", "date_of_birth_compared", "shared_signals"],
      },
    ]);
  });

  test("of birth dates and document numbers only how they compare, until one is asked for", async () => {
    const scene = await desk.scene({
      probe: { attributes: { dateOfBirth: "1991-04-02", documentNumber: "C 4821" } },
      candidates: [{ attributes: { dateOfBirth: "1991-04-03", documentNumber: "C4821" } }],
    });
    const ann = await scene.hire();
    const held = await claimed(scene, ann);
    const shown = leaseOf(scene, held)(0);
    const field = "documentNumber";
    expect(await refusalOf(desk.as(ann).judging.revealField({ ...shown, field }))).toBe(
      "not_sealed",
    );
    await sealAll(desk, ann, held, [[shown.candidateId, 2]]);
    const view = await desk.as(ann).judging.attributes(shown);
    expect(view.masked.map(({ words }) => words)).toEqual([
      "day differs",
      "the same but for spacing or case",
    ]);
    expect(JSON.stringify(view)).not.toMatch(/1991|4821/);
    const before = (await desk.leaves("field.reveal")).length;
    expect(await desk.as(ann).judging.revealField({ ...shown, field })).toEqual({
      candidateId: shown.candidateId,
      field,
      probe: "C 4821",
      candidate: "C4821",
    });
    const leaves = (await desk.leaves("field.reveal")).slice(before);
    expect(leaves.map(({ subject, fields }) => ({ subject, fields }))).toEqual([
      { subject: scene.probeSubjectId, fields: ["document_number"] },
      { subject: scene.candidates[0]?.subjectId, fields: ["document_number"] },
    ]);
  });

  test("of a probe without a candidate open by themselves, and each view is recorded", async () => {
    const scene = await desk.scene({
      probe: { attributes: { fullName: "Mai Anh", dateOfBirth: "1991-04-02" } },
      candidates: [],
    });
    const ann = await scene.hire();
    const { caseId, fence } = await claimed(scene, ann);
    const alone = { caseId, fence, candidateId: null };
    expect(await desk.as(ann).judging.attributes(alone)).toEqual({
      candidateId: null,
      probe: { fullName: "Mai Anh" },
      candidate: {},
      masked: [
        { field: "dateOfBirth", probe: true, candidate: false, likeness: "unknown", words: "" },
      ],
      sharedSignals: [],
      signalCounts: {},
    });
    expect(
      await desk.as(ann).judging.revealField({ ...alone, field: "dateOfBirth" }),
    ).toMatchObject({ probe: "1991-04-02", candidate: null });
    const leaves = (await desk.leaves("field.reveal")).slice(-2);
    expect(leaves.map(({ subject, fields }) => ({ subject, fields }))).toEqual([
      {
        subject: scene.probeSubjectId,
        fields: ["full_name", "date_of_birth_compared", "signal_counts"],
      },
      { subject: scene.probeSubjectId, fields: ["date_of_birth"] },
    ]);
  });

  test("of the probe of a case with candidates stay closed until one is sealed", async () => {
    const { ann, held } = await start(1);
    const { caseId, fence } = held;
    const alone = { caseId, fence, candidateId: null };
    expect(await refusalOf(desk.as(ann).judging.attributes(alone))).toBe("not_sealed");
    expect(
      await refusalOf(desk.as(ann).judging.revealField({ ...alone, field: "dateOfBirth" })),
    ).toBe("not_sealed");
  });

  test("of a person who was erased are gone", async () => {
    const { scene, ann, held, at } = await start(1);
    await sealAll(desk, ann, held, [[at(0).candidateId, 2]]);
    await run(
      desk.owner,
      sql`update app.subject set wrapped_key = null, erased_at = app.now() where id = ${scene.candidates[0]?.subjectId ?? ""}`,
    );
    expect(await refusalOf(desk.as(ann).judging.attributes(at(0)))).toBe("not_found");
  });
});

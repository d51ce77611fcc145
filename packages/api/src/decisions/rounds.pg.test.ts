import { effectiveDecision } from "@secondlook/db/decisions/effective-decision";
import { rowOf } from "@secondlook/db/database";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk, type Scene } from "../../test-support/desk.ts";
import {
  claimed,
  refusalOf,
  sealAll,
  submissionOf,
  work,
  type Submission,
} from "../../test-support/judge.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const caseRow = z.object({
  stage: z.string(),
  cycle: z.number(),
  due: z.string().nullable(),
  policy_version: z.number().nullable(),
});

/** Where the case stands, and which round is due. */
async function place(scene: Scene): Promise<z.output<typeof caseRow> | undefined> {
  return rowOf(
    desk.owner,
    caseRow,
    sql`select c.stage, c.cycle, c.policy_version, r.round as due from app.review_case c
        left join app.round r on r.case_id = c.id and r.state = 'open' where c.id = ${scene.caseId}`,
  );
}

const overWindow = () => desk.advance(10);

describe("one round", () => {
  test("that clears settles, and holds when its window is over, without any job", async () => {
    const scene = await desk.scene({ candidates: 2 });
    const { decided, held } = await work(desk, scene, await scene.hire(), {
      outcome: "distinct",
      findings: "dd",
    });
    expect(decided.undoUntil).toBe(new Date(desk.now().getTime() + 10_000).toISOString());
    expect(desk.jobs.at(-1)).toEqual({
      task: "settle_decision",
      payload: { decisionId: decided.decisionId },
      runAt: new Date(decided.undoUntil),
    });
    expect(await place(scene)).toMatchObject({ stage: "settled", due: null });
    await desk.advance(9.999);
    expect(await effectiveDecision(desk.app, scene.caseId)).toBeUndefined();
    await desk.advance(0.001);
    expect(await effectiveDecision(desk.app, scene.caseId)).toMatchObject({
      id: decided.decisionId,
      outcome: "distinct",
    });
    const [leaf] = (await desk.leaves("decision.submit")).slice(-1);
    expect(leaf).toMatchObject({
      case: scene.caseId,
      subject: scene.probeSubjectId,
      fence: held.fence,
      policy: 1,
      until: decided.undoUntil,
      decision: {
        id: decided.decisionId,
        outcome: "distinct",
        reasons: ["different_face"],
        findings: scene.candidates.map(({ candidateId: candidate }) => ({
          candidate,
          finding: "different",
        })),
      },
    });
    expect(JSON.stringify(leaf)).not.toContain("ears");
  });

  test("gets a second one where policy's sample falls on it", async () => {
    const base = { ...POLICY_V1.base, secondRoundSampleRate: 1 };
    await using sampled = await openDesk({ policy: { base, regions: {} } });
    const scene = await sampled.scene({ candidates: 1 });
    await work(sampled, scene, await scene.hire(), { outcome: "distinct", findings: "d" });
    await sampled.advance(10);
    expect(await scene.claim(await scene.hire())).toMatchObject({ round: "second" });
  });
});

describe("what harms", () => {
  test("goes to somebody else, after the undo window, and holds when both agree", async () => {
    const scene = await desk.scene({ candidates: 2 });
    const [ann, ben] = [await scene.hire(), await scene.hire()];
    const verdict = { outcome: "duplicate", findings: "sd" } as const;
    await work(desk, scene, ann, verdict);
    expect(await place(scene)).toMatchObject({ stage: "second", due: "second" });
    expect(await scene.claim(ben)).toBeUndefined();
    await overWindow();
    expect(await scene.claim(ann)).toBeUndefined();
    expect(await effectiveDecision(desk.app, scene.caseId)).toBeUndefined();
    const { decided } = await work(desk, scene, ben, verdict);
    expect(await place(scene)).toMatchObject({ stage: "settled", due: null });
    await overWindow();
    expect(await effectiveDecision(desk.app, scene.caseId)).toMatchObject({
      id: decided.decisionId,
    });
  });

  test("the second round sees nothing of the first, also after the reveal", async () => {
    const scene = await desk.scene({ candidates: 1 });
    const [ann, ben] = [await scene.hire(), await scene.hire()];
    await work(desk, scene, ann, { outcome: "identity_mule", findings: "s" });
    await overWindow();
    const held = await claimed(scene, ben);
    expect(held).toMatchObject({ round: "second" });
    const [one] = scene.candidates;
    await sealAll(desk, ben, held, one === undefined ? [] : [[one.candidateId, -2]]);
    const { earlier } = await desk
      .as(ben)
      .judging.reveal({ caseId: held.caseId, fence: held.fence });
    expect(earlier).toEqual([]);
    const verdict = { outcome: "distinct", findings: "d" } as const;
    await desk.as(ben).decisions.submit(submissionOf(scene, held, verdict));
    await overWindow();
    expect(await place(scene)).toMatchObject({ stage: "adjudication", due: "adjudication" });
  });
});

describe("rounds that disagree", () => {
  async function disagreement(): Promise<Scene> {
    const scene = await desk.scene({ candidates: 2 });
    await work(desk, scene, await scene.hire(), { outcome: "duplicate", findings: "sd" });
    await overWindow();
    await work(desk, scene, await scene.hire(), { outcome: "distinct", findings: "dd" });
    await overWindow();
    return scene;
  }

  test("go to a lead, who seals blind before seeing what both said", async () => {
    const scene = await disagreement();
    expect(await scene.claim(await scene.hire("senior"))).toBeUndefined();
    const lea = await scene.hire("lead");
    const held = await claimed(scene, lea);
    const lease = { caseId: held.caseId, fence: held.fence };
    expect(await refusalOf(desk.as(lea).judging.reveal(lease))).toBe("not_sealed");
    const [one, two] = scene.candidates;
    if (one === undefined || two === undefined) throw new Error("no candidates");
    await sealAll(desk, lea, held, [
      [one.candidateId, 2],
      [two.candidateId, -2],
    ]);
    const { earlier } = await desk.as(lea).judging.reveal(lease);
    expect(earlier).toMatchObject([
      {
        outcome: "duplicate",
        reasons: ["same_face"],
        rationale: "Because of the ears.",
        question: null,
      },
      { outcome: "distinct", rationale: "Because of the ears." },
    ]);
    expect(new Set(earlier[0]?.findings)).toEqual(
      new Set([
        { candidateId: one.candidateId, finding: "same" },
        { candidateId: two.candidateId, finding: "different" },
      ]),
    );
    const verdict = { outcome: "duplicate", findings: "sd" } as const;
    const { decisionId } = await desk.as(lea).decisions.submit(submissionOf(scene, held, verdict));
    await overWindow();
    expect(await effectiveDecision(desk.app, scene.caseId)).toMatchObject({ id: decisionId });
  });

  test("a harmful adjudication that stands alone is repeated blind by a second lead", async () => {
    const scene = await disagreement();
    const lea = await scene.hire("lead");
    const verdict = { outcome: "duplicate", findings: "ss" } as const;
    await work(desk, scene, lea, verdict);
    await overWindow();
    expect(await effectiveDecision(desk.app, scene.caseId)).toBeUndefined();
    expect(await scene.claim(lea)).toBeUndefined();
    const leo = await scene.hire("lead");
    const held = await claimed(scene, leo);
    expect(held.round).toBe("second_adjudication");
    await sealAll(
      desk,
      leo,
      held,
      scene.candidates.map(({ candidateId }) => [candidateId, 3]),
    );
    const { earlier } = await desk
      .as(leo)
      .judging.reveal({ caseId: held.caseId, fence: held.fence });
    expect(earlier).toEqual([]);
    await desk.as(leo).decisions.submit(submissionOf(scene, held, verdict));
    await overWindow();
    expect(await effectiveDecision(desk.app, scene.caseId)).toMatchObject({ outcome: "duplicate" });
  });

  test("where no two agree, a new cycle begins with people who never judged the case", async () => {
    const scene = await disagreement();
    const [lea, leo] = [await scene.hire("lead"), await scene.hire("lead")];
    await work(desk, scene, lea, { outcome: "duplicate", findings: "ss" });
    await overWindow();
    await work(desk, scene, leo, { outcome: "identity_mule", findings: "dd" });
    expect(await place(scene)).toEqual({
      stage: "first",
      cycle: 2,
      due: "first",
      policy_version: null,
    });
    await overWindow();
    expect(await scene.claim(lea)).toBeUndefined();
    const held = await claimed(scene, await scene.hire());
    expect(held).toMatchObject({ cycle: 2, round: "first", policyVersion: 1 });
    expect(await effectiveDecision(desk.app, scene.caseId)).toBeUndefined();
  });
});

describe("an inconclusive decision", () => {
  const verdict = { outcome: "inconclusive", findings: "u" } as const;
  test("puts its question to a lead", async () => {
    const scene = await desk.scene({ candidates: 1 });
    await work(desk, scene, await scene.hire(), verdict);
    await overWindow();
    expect(await place(scene)).toMatchObject({ stage: "adjudication", due: "adjudication" });
    const lea = await scene.hire("lead");
    const held = await claimed(scene, lea);
    const [one] = scene.candidates;
    await sealAll(desk, lea, held, one === undefined ? [] : [[one.candidateId, -1]]);
    const { earlier } = await desk
      .as(lea)
      .judging.reveal({ caseId: held.caseId, fence: held.fence });
    expect(earlier).toMatchObject([{ outcome: "inconclusive", question: "Is it the same scar?" }]);
    const [event] = (await desk.leaves("case.escalate")).slice(-1);
    expect(event).toMatchObject({ case: scene.caseId, reason: "question_for_lead" });
  });

  test("or waits for a new capture, and nothing holds meanwhile", async () => {
    const scene = await desk.scene({ candidates: 1 });
    const change = { inconclusiveRoute: "new_capture", question: null } as const;
    await work(desk, scene, await scene.hire(), { ...verdict, change });
    await overWindow();
    expect(await place(scene)).toMatchObject({ stage: "awaiting_capture", due: null });
    expect(await effectiveDecision(desk.app, scene.caseId)).toBeUndefined();
    expect((await desk.leaves("case.await")).at(-1)).toMatchObject({ case: scene.caseId });
  });
});

test("a case without candidates can be decided, but never as a duplicate", async () => {
  const scene = await desk.scene({ candidates: 0 });
  const ann = await scene.hire();
  const held = await claimed(scene, ann);
  expect(
    await desk.as(ann).judging.reveal({ caseId: held.caseId, fence: held.fence }),
  ).toMatchObject({
    candidates: [],
    machine: { recommendation: "same_person" },
  });
  const duplicate = submissionOf(scene, held, { outcome: "duplicate", findings: "" });
  expect(await refusalOf(desk.as(ann).decisions.submit(duplicate))).toBe("invalid_decision");
  const submit = (reason: Submission["reasons"][number]) => {
    const change = { reasons: [reason] };
    const sent = submissionOf(scene, held, { outcome: "distinct", findings: "", change });
    return refusalOf(desk.as(ann).decisions.submit(sent));
  };
  expect(await submit("different_face")).toBe("invalid_decision");
  expect(await submit("no_match")).toBe("allowed");
});

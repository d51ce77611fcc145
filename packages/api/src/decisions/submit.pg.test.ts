import { rowsOf, run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk, type Scene } from "../../test-support/desk.ts";
import {
  claimed,
  judgementOf,
  refusalOf,
  sealAll,
  submissionOf,
  work,
} from "../../test-support/judge.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const DISTINCT = { outcome: "distinct", findings: "d" } as const;

async function decisionsOf(scene: Scene): Promise<readonly object[]> {
  return rowsOf(
    desk.owner,
    z.looseObject({}),
    sql`select id, round, staff_id, outcome, is_final from app.decision where case_id = ${scene.caseId} order by decided_at`,
  );
}

describe("a decision is refused, and nothing of it is kept,", () => {
  async function ready() {
    const scene = await desk.scene({ candidates: 1 });
    const ann = await scene.hire();
    const held = await claimed(scene, ann);
    const [one] = scene.candidates;
    if (one === undefined) throw new Error("no candidate");
    const lease = { caseId: held.caseId, fence: held.fence, candidateId: one.candidateId };
    return { scene, ann, held, lease, submission: submissionOf(scene, held, DISTINCT) };
  }

  test("before every candidate is sealed", async () => {
    const { scene, ann, submission } = await ready();
    const voids = (await desk.leaves("emit.void")).length;
    expect(await refusalOf(desk.as(ann).decisions.submit(submission))).toBe("not_sealed");
    expect(await decisionsOf(scene)).toEqual([]);
    expect(await desk.leaves("emit.void")).toHaveLength(voids);
  });

  test("under a fencing number that is over, or somebody else's", async () => {
    const { scene, ann, held, lease, submission } = await ready();
    await sealAll(desk, ann, held, [[lease.candidateId, -2]]);
    await desk.advance(600);
    expect(await refusalOf(desk.as(ann).decisions.submit(submission))).toBe("lease_lost");
    const ben = await scene.hire();
    const other = await claimed(scene, ben);
    expect(await refusalOf(desk.as(ann).decisions.submit(submission))).toBe("lease_lost");
    const stolen = { ...submission, fence: other.fence };
    expect(await refusalOf(desk.as(ann).decisions.submit(stolen))).toBe("lease_lost");
    // Ann's seals are her own: they don't stand for Ben's.
    expect(await refusalOf(desk.as(ben).decisions.submit(stolen))).toBe("not_sealed");
    expect(await decisionsOf(scene)).toEqual([]);
  });

  test("where a finding contradicts the last rating, amendments included", async () => {
    const { ann, held, lease, submission } = await ready();
    await sealAll(desk, ann, held, [[lease.candidateId, -2]]);
    await desk.as(ann).judging.amend({ ...lease, judgement: judgementOf(1) });
    expect(await refusalOf(desk.as(ann).decisions.submit(submission))).toBe("invalid_decision");
    await desk.as(ann).judging.amend({ ...lease, judgement: judgementOf(-1) });
    expect(await refusalOf(desk.as(ann).decisions.submit(submission))).toBe("allowed");
  });

  test("where a shown candidate has no finding", async () => {
    const { ann, held, lease, submission } = await ready();
    await sealAll(desk, ann, held, [[lease.candidateId, -2]]);
    const empty = { ...submission, findings: [] };
    expect(await refusalOf(desk.as(ann).decisions.submit(empty))).toBe("invalid_decision");
  });

  test("to roles that don't judge, which stands in the log", async () => {
    const { scene, submission } = await ready();
    const auditor = await scene.hire("auditor");
    const denied = (await desk.leaves("access.denied")).length;
    expect(await refusalOf(desk.as(auditor).decisions.submit(submission))).toBe("forbidden");
    expect(await desk.leaves("access.denied")).toHaveLength(denied + 1);
  });
});

test("sent several times under one number, a decision is made once and each hears of it", async () => {
  for (let repetition = 0; repetition < 5; repetition++) {
    const scene = await desk.scene({ candidates: 1 });
    const ann = await scene.hire();
    const held = await claimed(scene, ann);
    const [one] = scene.candidates;
    if (one === undefined) throw new Error("no candidate");
    await sealAll(desk, ann, held, [[one.candidateId, -2]]);
    const submission = submissionOf(scene, held, DISTINCT);
    const jobs = desk.jobs.length;
    const results = await Promise.all(
      [1, 2, 3].map(() => refusalOf(desk.as(ann).decisions.submit(submission))),
    );
    expect(results).toEqual(["allowed", "allowed", "allowed"]);
    expect(await decisionsOf(scene)).toHaveLength(1);
    const other = { ...submission, outcome: "identity_mule" } as const;
    expect(await refusalOf(desk.as(ann).decisions.submit(other))).toBe("lease_lost");
    expect(desk.jobs.length).toBe(jobs + 1);
  }
});

test("texts are kept under the probe's key alone", async () => {
  const scene = await desk.scene({ candidates: 1 });
  const { decided } = await work(desk, scene, await scene.hire(), {
    outcome: "inconclusive",
    findings: "u",
  });
  const rows = await rowsOf(
    desk.owner,
    z.object({ rationale: z.instanceof(Uint8Array), text: z.instanceof(Uint8Array) }),
    sql`select d.rationale, q.text from app.decision d join app.question q on q.case_id = d.case_id where d.id = ${decided.decisionId}`,
  );
  const kept = rows.map((row) => Buffer.concat([row.rationale, row.text]).toString("latin1"));
  expect(kept).toHaveLength(1);
  expect(kept[0]).not.toMatch(/ears|scar/);
});

describe("an exemption", () => {
  const exemptionOf = (scene: Scene) => ({
    candidateIds: scene.candidates.map((each) => each.candidateId),
    reason: "exemption_business" as const,
    note: "A second shop.",
    expiresAt: new Date(desk.now().getTime() + 86_400_000).toISOString(),
  });
  const PERMITTED = { outcome: "permitted_second_account", findings: "s" } as const;
  const people = (name: string) => ({
    probe: { externalId: `${name}-a` },
    candidates: [{ externalId: `${name}-b` }],
  });

  test("that is new goes to somebody else; once both record it, it covers the accounts", async () => {
    const scene = await desk.scene(people("shop"));
    const [ann, ben] = [await scene.hire(), await scene.hire()];
    await work(desk, scene, ann, { ...PERMITTED, change: { exemption: exemptionOf(scene) } });
    const events = (await desk.leaves("exemption.record")).slice(-2);
    expect(events.map((leaf) => leaf.subject)).toEqual([
      scene.probeSubjectId,
      scene.candidates[0]?.subjectId,
    ]);
    await desk.advance(10);

    // One person's word covers nothing yet. The same pair waits for the case that compares it, so
    // that rule is put out of the way here.
    const meanwhile = await desk.scene(people("shop"));
    const cat = await meanwhile.hire();
    await run(desk.owner, sql`delete from app.pair_review where case_id = ${scene.caseId}`);
    const held = await claimed(meanwhile, cat);
    const [one] = meanwhile.candidates;
    if (one === undefined) throw new Error("no candidate");
    await sealAll(desk, cat, held, [[one.candidateId, 2]]);
    const alone = submissionOf(meanwhile, held, PERMITTED);
    expect(await refusalOf(desk.as(cat).decisions.submit(alone))).toBe("invalid_decision");

    await work(desk, scene, ben, { ...PERMITTED, change: { exemption: exemptionOf(scene) } });
    expect(await refusalOf(desk.as(cat).decisions.submit(alone))).toBe("invalid_decision");
    await desk.advance(10);
    const duplicate = submissionOf(meanwhile, held, { outcome: "duplicate", findings: "s" });
    expect(await refusalOf(desk.as(cat).decisions.submit(duplicate))).toBe("invalid_decision");
    expect(await refusalOf(desk.as(cat).decisions.submit(alone))).toBe("allowed");
    expect(await decisionsOf(meanwhile)).toMatchObject([{ is_final: true }]);
  });

  test("ends when the earlier of the two says so, and covers only the two accounts", async () => {
    const scene = await desk.scene(people("kiosk"));
    const exemption = exemptionOf(scene);
    const soon = { ...exemption, expiresAt: new Date(desk.now().getTime() + 60_000).toISOString() };
    await work(desk, scene, await scene.hire(), { ...PERMITTED, change: { exemption: soon } });
    await desk.advance(10);
    await work(desk, scene, await scene.hire(), { ...PERMITTED, change: { exemption } });
    await desk.advance(10);

    const outsider = await desk.scene({ ...people("kiosk"), probe: { externalId: "kiosk-c" } });
    const change = {};
    const dee = await outsider.hire();
    await expect(work(desk, outsider, dee, { ...PERMITTED, change })).rejects.toThrow(
      /no exemption/,
    );

    const inTime = await desk.scene(people("kiosk"));
    await work(desk, inTime, await inTime.hire(), PERMITTED);
    expect(await decisionsOf(inTime)).toMatchObject([{ is_final: true }]);
    await desk.advance(60);
    const late = await desk.scene(people("kiosk"));
    await expect(work(desk, late, await late.hire(), PERMITTED)).rejects.toThrow(/no exemption/);
  });
});

import { rowsOf, run } from "@secondlook/db/database";
import type { HeldRound } from "@secondlook/db/queue/lease";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk, type Scene } from "../../test-support/desk.ts";
import {
  claimed,
  judgementOf,
  type Lease,
  leaseOf,
  refusalOf,
  sealAll,
} from "../../test-support/judge.ts";
import type { Staff } from "../core/context.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

async function start(
  candidates = 2,
): Promise<{ scene: Scene; ann: Staff; held: HeldRound; at: (index: number) => Lease }> {
  const scene = await desk.scene({ candidates });
  const ann = await scene.hire();
  const held = await claimed(scene, ann);
  return { scene, ann, held, at: leaseOf(scene, held) };
}

describe("the minimum view", () => {
  test("a pair is looked at long enough before it is sealed", async () => {
    const { ann, at } = await start();
    const judgement = judgementOf(2);
    const seal = () => desk.as(ann).judging.seal({ ...at(0), judgement });
    expect(await refusalOf(seal())).toBe("viewed_too_short");
    await desk.as(ann).judging.openCandidate(at(0));
    await desk.advance(3.999);
    await expect(seal()).rejects.toThrow("for one more second");
    await desk.advance(0.001);
    expect(await seal()).toEqual({ candidateId: at(0).candidateId, remaining: 1 });
  });

  test("time beside another candidate counts for that one alone, and adds up", async () => {
    const { ann, at } = await start();
    await desk.as(ann).judging.openCandidate(at(0));
    await desk.advance(3);
    expect(await desk.as(ann).judging.openCandidate(at(1))).toEqual({ viewedMs: 0 });
    await desk.advance(10);
    const judgement = judgementOf(1);
    expect(await refusalOf(desk.as(ann).judging.seal({ ...at(0), judgement }))).toBe(
      "viewed_too_short",
    );
    expect(await desk.as(ann).judging.openCandidate(at(0))).toEqual({ viewedMs: 3_000 });
    expect(await desk.as(ann).judging.openCandidate(at(0))).toEqual({ viewedMs: 3_000 });
    await desk.advance(1);
    expect(await desk.as(ann).judging.openCandidate(at(0))).toEqual({ viewedMs: 4_000 });
  });

  test("a view that a lost lease left running counts for nothing", async () => {
    const { scene, ann, at } = await start();
    await desk.as(ann).judging.openCandidate(at(0));
    await desk.advance(600);
    const again = leaseOf(scene, await claimed(scene, ann))(0);
    const judgement = judgementOf(1);
    expect(await refusalOf(desk.as(ann).judging.seal({ ...again, judgement }))).toBe(
      "viewed_too_short",
    );
    expect(await desk.as(ann).judging.openCandidate(again)).toEqual({ viewedMs: 0 });
  });
});

describe("a seal", () => {
  test("is made once; what comes later stands beside it", async () => {
    const { ann, held, at } = await start(1);
    await sealAll(desk, ann, held, [[at(0).candidateId, 2]]);
    const judgement = judgementOf(-3);
    expect(await refusalOf(desk.as(ann).judging.seal({ ...at(0), judgement }))).toBe(
      "already_sealed",
    );
    const amended = await desk.as(ann).judging.amend({ ...at(0), judgement });
    expect(amended).toEqual({ candidateId: at(0).candidateId, amendments: 1 });
    const rows = await rowsOf(
      desk.owner,
      z.looseObject({}),
      sql`select seq, rating, viewed_ms::int from app.rating where case_id = ${held.caseId} order by seq`,
    );
    expect(rows).toEqual([
      { seq: 0, rating: 2, viewed_ms: 4_000 },
      { seq: 1, rating: -3, viewed_ms: 4_000 },
    ]);
  });

  test("is amended 50 times at most, and keeps the last", async () => {
    const { ann, held, at } = await start(1);
    await sealAll(desk, ann, held, [[at(0).candidateId, 2]]);
    await run(
      desk.owner,
      sql`insert into app.rating (case_id, cycle, round, staff_id, candidate_id, seq, rating, detail, viewed_ms)
          select case_id, cycle, round, staff_id, candidate_id, n, rating, detail, viewed_ms
          from app.rating cross join generate_series(1, 49) as n where case_id = ${held.caseId}`,
    );
    const amend = () => desk.as(ann).judging.amend({ ...at(0), judgement: judgementOf(-1) });
    expect(await amend()).toMatchObject({ amendments: 50 });
    await expect(amend()).rejects.toThrow(/amended 50 times/);
  });

  test("comes before any amendment", async () => {
    const { ann, at } = await start();
    const judgement = judgementOf(1);
    expect(await refusalOf(desk.as(ann).judging.amend({ ...at(0), judgement }))).toBe("not_sealed");
  });

  test("of “can't tell” says what is missing, also as an amendment", async () => {
    const { ann, held, at } = await start();
    await sealAll(desk, ann, held, [[at(0).candidateId, 0]]);
    await desk.as(ann).judging.openCandidate(at(1));
    await desk.advance(5);
    const judgement = { ...judgementOf(0), missing: [] };
    expect(await refusalOf(desk.as(ann).judging.seal({ ...at(1), judgement }))).toBe(
      "invalid_judgement",
    );
    expect(await refusalOf(desk.as(ann).judging.amend({ ...at(0), judgement }))).toBe(
      "invalid_judgement",
    );
  });

  test("is for a candidate that the case shows", async () => {
    const { ann, at } = await start();
    const other = await start();
    const foreign = { ...at(0), candidateId: other.at(0).candidateId };
    const { judging } = desk.as(ann);
    expect(await refusalOf(judging.openCandidate(foreign))).toBe("not_found");
    const judgement = judgementOf(1);
    expect(await refusalOf(desk.as(ann).judging.seal({ ...foreign, judgement }))).toBe("not_found");
  });

  test("tells the log the rating and nothing of the machine's", async () => {
    const { ann, held, at } = await start(1);
    await sealAll(desk, ann, held, [[at(0).candidateId, -1]]);
    const [leaf] = (await desk.leaves("judgement.seal")).slice(-1);
    expect(leaf).toMatchObject({ case: held.caseId, candidate: at(0).candidateId, rating: -1 });
    expect(Object.keys(leaf ?? {}).toSorted()).toEqual(
      [
        "actor",
        "at",
        "candidate",
        "case",
        "cycle",
        "eid",
        "fence",
        "kind",
        "outcome",
        "policy",
      ].concat(["rating", "request", "round", "session", "src", "subject", "v"]),
    );
  });

  test("keeps what it was made of under the probe's key", async () => {
    const { scene, ann, held, at } = await start(1);
    await sealAll(desk, ann, held, [[at(0).candidateId, 1]]);
    const [row] = await rowsOf(
      desk.owner,
      z.object({ detail: z.instanceof(Uint8Array), wrapped: z.instanceof(Uint8Array) }),
      sql`select g.detail, s.wrapped_key as wrapped from app.rating g cross join app.subject s
          where g.case_id = ${held.caseId} and s.id = ${scene.probeSubjectId}`,
    );
    if (row === undefined) throw new Error("no rating");
    const { detail, wrapped } = row;
    const key = await desk.deps.vault.openSubjectKey({ wrapped, subjectId: scene.probeSubjectId });
    const place = { object: at(0).candidateId, purpose: "judgement" };
    expect(await key.decryptJson(detail, place)).toEqual({
      components: { ears: "alike" },
      missing: [],
    });
  });
});

describe("whoever does not hold the lease", () => {
  test.each(["a lower number", "somebody else", "after its end"])(
    "%s: nothing is done",
    async (how) => {
      const { scene, ann, held, at } = await start();
      await sealAll(desk, ann, held, [[at(1).candidateId, 1]]);
      const by = how === "somebody else" ? await scene.hire() : ann;
      if (how === "after its end") await desk.advance(3_600);
      const fence = how === "a lower number" ? held.fence - 1 : held.fence;
      const judgement = judgementOf(1);
      const shown = { ...at(0), fence: Math.max(1, fence) };
      const calls = [
        () => desk.as(by).judging.openCandidate(shown),
        () => desk.as(by).judging.seal({ ...shown, judgement }),
        () => desk.as(by).judging.amend({ ...shown, candidateId: at(1).candidateId, judgement }),
        () => desk.as(by).judging.attributes({ ...shown, candidateId: at(1).candidateId }),
        () =>
          desk.as(by).judging.revealField({
            ...shown,
            candidateId: at(1).candidateId,
            field: "dateOfBirth",
          }),
        () => desk.as(by).judging.reveal({ caseId: shown.caseId, fence: shown.fence }),
      ];
      for (const call of calls) expect(await refusalOf(call())).toBe("lease_lost");
    },
  );
});

describe("the reveal", () => {
  test("waits for every seal, and then says what the machine said", async () => {
    const scene = await desk.scene({
      candidates: [{ similarity: 91.5 }, { similarity: null }],
      matcher: { threshold: 90, recommendation: "same_person" },
    });
    const ann = await scene.hire();
    const held = await claimed(scene, ann);
    const at = leaseOf(scene, held);
    const lease = { caseId: held.caseId, fence: held.fence };
    await sealAll(desk, ann, held, [[at(0).candidateId, 2]]);
    const before = (await desk.leaves("score.reveal", "emit.void")).length;
    expect(await refusalOf(desk.as(ann).judging.reveal(lease))).toBe("not_sealed");
    expect(await desk.leaves("score.reveal", "emit.void")).toHaveLength(before);

    await sealAll(desk, ann, held, [[at(1).candidateId, -2]]);
    const revealed = await desk.as(ann).judging.reveal(lease);
    expect(revealed.machine).toEqual({
      provider: "rekognition",
      modelVersion: "7.0",
      gallery: "sellers",
      threshold: 90,
      recommendation: "same_person",
    });
    expect(new Map(revealed.candidates.map((each) => [each.candidateId, each]))).toEqual(
      new Map([
        [
          at(0).candidateId,
          { candidateId: at(0).candidateId, similarity: 91.5, rank: 1, sealedRating: 2 },
        ],
        [
          at(1).candidateId,
          { candidateId: at(1).candidateId, similarity: null, rank: 2, sealedRating: -2 },
        ],
      ]),
    );
    expect(revealed.earlier).toEqual([]);
    const named = (await desk.leaves("score.reveal")).slice(before).map((leaf) => leaf.subject);
    expect(new Set(named)).toEqual(
      new Set([scene.probeSubjectId, ...scene.candidates.map((each) => each.subjectId)]),
    );
    expect(named).toHaveLength(3);
  });

  test("says the same again after a reload, and is recorded again", async () => {
    const { ann, held, at } = await start(1);
    await sealAll(desk, ann, held, [[at(0).candidateId, 2]]);
    const lease = { caseId: held.caseId, fence: held.fence };
    const first = await desk.as(ann).judging.reveal(lease);
    const count = (await desk.leaves("score.reveal")).length;
    expect(await desk.as(ann).judging.reveal(lease)).toEqual(first);
    expect(await desk.leaves("score.reveal")).toHaveLength(count + 2);
  });

  test("the sealed rating stays as it was, whatever is amended after it", async () => {
    const { ann, held, at } = await start(1);
    await sealAll(desk, ann, held, [[at(0).candidateId, 3]]);
    const lease = { caseId: held.caseId, fence: held.fence };
    await desk.as(ann).judging.amend({ ...at(0), judgement: judgementOf(-2) });
    const { candidates } = await desk.as(ann).judging.reveal(lease);
    expect(candidates[0]?.sealedRating).toBe(3);
  });
});

test("a policy may open attributes before the seal, and judge without blindness", async () => {
  const base = { ...POLICY_V1.base, blindJudging: false, attributesAfterSeal: false };
  await using open = await openDesk({ policy: { base, regions: {} } });
  const scene = await open.scene({ candidates: 1 });
  const ann = await scene.hire();
  const held = await claimed(scene, ann);
  const lease = { caseId: held.caseId, fence: held.fence };
  const [candidate] = scene.candidates;
  if (candidate === undefined) throw new Error("no candidate");
  const { candidateId } = candidate;
  expect(await open.as(ann).judging.attributes({ ...lease, candidateId })).toMatchObject({
    probe: {},
  });
  const { candidates } = await open.as(ann).judging.reveal(lease);
  expect(candidates).toEqual([{ candidateId, similarity: 97, rank: 1, sealedRating: null }]);
});

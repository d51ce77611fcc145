import { effectiveDecision } from "@secondlook/db/decisions/effective-decision";
import { idColumn, rowOf, rowsOf, run } from "@secondlook/db/database";
import type { HeldRound } from "@secondlook/db/queue/lease";
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
import type { Staff } from "../core/context.ts";
import { createRecorder } from "../core/recorder.ts";
import { caseState } from "../ingest/case-state.ts";
import { settleDecision } from "../jobs/settle-decision.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const DUPLICATE = { outcome: "duplicate", findings: "s" } as const;
const DISTINCT = { outcome: "distinct", findings: "d" } as const;

/** Everything of a case that a decision changes; an undo must lead back to it. */
async function stateOf(scene: Scene): Promise<object | undefined> {
  return rowOf(
    desk.owner,
    z.looseObject({}),
    sql`select c.stage, c.cycle, c.policy_version, c.settles_at,
          (select json_agg(json_build_array(r.cycle, r.round, r.state, r.holder, r.lease_kind, r.waiting_since) order by r.cycle, r.stage_rank desc)
           from app.round r where r.case_id = c.id) as rounds,
          (select count(*)::int from app.question q where q.case_id = c.id) as questions
        from app.review_case c where c.id = ${scene.caseId}`,
  );
}

describe("undo", () => {
  test.each([
    ["what settles", DISTINCT],
    ["what goes to a second round", DUPLICATE],
    ["what asks a lead", { outcome: "inconclusive", findings: "u" }],
    [
      "what asks for a new capture",
      {
        outcome: "inconclusive",
        findings: "u",
        change: { inconclusiveRoute: "new_capture", question: null },
      },
    ],
  ] as const)("%s: leads back to where the case stood, with the lease", async (_what, verdict) => {
    const scene = await desk.scene({ candidates: 1 });
    const ann = await scene.hire();
    const held = await claimed(scene, ann);
    const before = await stateOf(scene);
    const rating = { s: 2, d: -2, u: 0 } as const;
    const [one] = scene.candidates;
    if (one === undefined) throw new Error("no candidate");
    await sealAll(desk, ann, held, [[one.candidateId, rating[verdict.findings]]]);
    const submission = submissionOf(scene, held, verdict);
    const { decisionId } = await desk.as(ann).decisions.submit(submission);
    await desk.advance(9.999);
    const answer = await desk.as(ann).decisions.undo({ decisionId });
    expect(await stateOf(scene)).toEqual(before);
    expect(answer).toMatchObject({
      state: "work",
      active: {
        caseId: scene.caseId,
        candidates: [{ sealed: { rating: rating[verdict.findings] } }],
      },
      reserved: null,
    });
    if (answer.state !== "work") throw new Error("no work");
    expect(answer.active.fence).toBeGreaterThan(held.fence);
    // The old number is over; the new one decides again.
    expect(await refusalOf(desk.as(ann).decisions.submit(submission))).toBe("lease_lost");
    const again = { ...submission, fence: answer.active.fence };
    const second = await desk.as(ann).decisions.submit(again);
    expect(await settleDecision(desk.deps, decisionId)).toBe("nothing");
    await desk.advance(10);
    expect(await settleDecision(desk.deps, second.decisionId)).toBe("settled");
    expect(await settleDecision(desk.deps, decisionId)).toBe("nothing");
  });

  test("is over at the end of the window, to the millisecond", async () => {
    const scene = await desk.scene({ candidates: 1 });
    const ann = await scene.hire();
    const { decided } = await work(desk, scene, ann, DISTINCT);
    await desk.advance(10);
    const undone = desk.as(ann).decisions.undo({ decisionId: decided.decisionId });
    expect(await refusalOf(undone)).toBe("undo_too_late");
    expect(await effectiveDecision(desk.app, scene.caseId)).toBeDefined();
  });

  test("is the author's alone, and happens once", async () => {
    const scene = await desk.scene({ candidates: 1 });
    const [ann, ben] = [await scene.hire(), await scene.hire("lead")];
    const { decided } = await work(desk, scene, ann, DUPLICATE);
    const input = { decisionId: decided.decisionId };
    expect(await refusalOf(desk.as(ben).decisions.undo(input))).toBe("not_found");
    const both = [1, 2].map(() => refusalOf(desk.as(ann).decisions.undo(input)));
    expect((await Promise.all(both)).toSorted()).toEqual(["allowed", "conflict"]);
  });

  test("takes an exemption back with its decision", async () => {
    const scene = await desk.scene({ candidates: 1 });
    const ann = await scene.hire();
    const { decided } = await work(desk, scene, ann, {
      outcome: "permitted_second_account",
      findings: "s",
      change: {
        exemption: {
          candidateIds: scene.candidates.map((each) => each.candidateId),
          reason: "exemption_recovery",
          note: "The old account was taken over.",
          expiresAt: new Date(desk.now().getTime() + 3_600_000).toISOString(),
        },
      },
    });
    await desk.as(ann).decisions.undo({ decisionId: decided.decisionId });
    const rows = await rowsOf(
      desk.owner,
      z.object({ undone: z.boolean() }),
      sql`select undone_at is not null as undone from app.exemption where case_id = ${scene.caseId}`,
    );
    expect(rows).toEqual([{ undone: true }]);
    expect((await desk.leaves("exemption.undo")).at(-1)).toMatchObject({
      case: scene.caseId,
      ruling: decided.decisionId,
    });
  });

  test("is refused to who saw more of the case since", async () => {
    const scene = await desk.scene({ candidates: 1 });
    const lea = await scene.hire("lead");
    const { decided } = await work(desk, scene, lea, DISTINCT);
    await run(
      desk.owner,
      sql`insert into app.involvement (case_id, staff_id, cycle, round, how) values (${scene.caseId}, ${lea.id}, 1, 'any', 'case_page')`,
    );
    const undone = desk.as(lea).decisions.undo({ decisionId: decided.decisionId });
    expect(await refusalOf(undone)).toBe("conflict");
  });
});

describe("the cases on the author's hands", () => {
  async function hold(staff: Staff, scene: Scene, kind: "active" | "reserved"): Promise<HeldRound> {
    await run(
      desk.owner,
      sql`update app.staff set skills = skills || ${`{${await skillOf(scene)}}`}::text[] where id = ${staff.id}`,
    );
    const held = await claimed(scene, staff);
    if (kind === "reserved") {
      await run(
        desk.owner,
        sql`update app.round set lease_kind = 'reserved', opened_at = null, hard_until = null where case_id = ${scene.caseId}`,
      );
    }
    return held;
  }
  async function skillOf(scene: Scene): Promise<string> {
    const row = await rowOf(
      desk.owner,
      z.object({ skill: z.string() }),
      sql`select skills[1] as skill from app.review_case where id = ${scene.caseId}`,
    );
    return row?.skill ?? "";
  }

  test("go back one step: on screen to reserved, reserved to free", async () => {
    const decidedScene = await desk.scene({ candidates: 1 });
    const ann = await decidedScene.hire();
    const { decided } = await work(desk, decidedScene, ann, DUPLICATE);
    const [next, onScreen] = [
      await desk.scene({ candidates: 1 }),
      await desk.scene({ candidates: 1 }),
    ];
    await hold(ann, next, "reserved");
    const screen = await hold(ann, onScreen, "active");
    const [candidate] = onScreen.candidates;
    if (candidate === undefined) throw new Error("no candidate");
    const shown = {
      caseId: onScreen.caseId,
      fence: screen.fence,
      candidateId: candidate.candidateId,
    };
    await desk.as(ann).judging.openCandidate(shown);
    await desk.advance(2);
    const answer = await desk.as(ann).decisions.undo({ decisionId: decided.decisionId });
    expect(answer).toMatchObject({
      state: "work",
      active: { caseId: decidedScene.caseId },
      reserved: {
        caseId: onScreen.caseId,
        fence: screen.fence,
        candidates: [{ viewedMs: 2_000 }],
      },
    });
    const kinds = (await desk.leaves())
      .slice(-5)
      .map((leaf) => `${leaf.kind} ${String(leaf["case"])}`);
    expect(kinds).toEqual([
      `decision.undo ${decidedScene.caseId}`,
      `case.release ${next.caseId}`,
      `case.reserve ${onScreen.caseId}`,
      `case.claim ${decidedScene.caseId}`,
      `case.open ${decidedScene.caseId}`,
    ]);
    // The one on screen can't be worked meanwhile; the released one is free for others.
    const judgement = judgementOf(1);
    expect(await refusalOf(desk.as(ann).judging.seal({ ...shown, judgement }))).toBe("lease_lost");
    expect(await next.claim(await next.hire())).toMatchObject({ caseId: next.caseId });
  });

  test("one whose lease has run out is simply gone", async () => {
    const scene = await desk.scene({ candidates: 1 });
    const ann = await scene.hire();
    const { decided } = await work(desk, scene, ann, DUPLICATE);
    const other = await desk.scene({ candidates: 1 });
    await hold(ann, other, "active");
    await run(
      desk.owner,
      sql`update app.round set claimable_at = app.now() where case_id = ${other.caseId}`,
    );
    const answer = await desk.as(ann).decisions.undo({ decisionId: decided.decisionId });
    expect(answer).toMatchObject({ active: { caseId: scene.caseId }, reserved: null });
    expect((await desk.leaves("case.expire")).at(-1)).toMatchObject({ case: other.caseId });
  });
});

describe("at the very end of the window", () => {
  test("an undo and a claim of the next round: exactly one wins", async () => {
    const wins = { undo: 0, claim: 0 };
    for (let repetition = 0; repetition < 6; repetition++) {
      const scene = await desk.scene({ candidates: 1 });
      const [ann, ben] = [await scene.hire(), await scene.hire()];
      const { decided } = await work(desk, scene, ann, DUPLICATE);
      await desk.advance(9.999);
      const claim = async (): Promise<boolean> => {
        for (let attempt = 0; attempt < 40; attempt++) {
          if ((await scene.claim(ben)) !== undefined) return true;
        }
        return false;
      };
      // The clock passes the deadline while both are under way.
      const [undone, claims] = await Promise.all([
        refusalOf(desk.as(ann).decisions.undo({ decisionId: decided.decisionId })),
        claim(),
        desk.advance(0.001),
      ]);
      const won = undone === "allowed";
      expect(["allowed", "undo_too_late"]).toContain(undone);
      expect(claims).toBe(!won);
      wins[won ? "undo" : "claim"] += 1;
      const state = await stateOf(scene);
      expect(state).toMatchObject({ stage: won ? "first" : "second" });
    }
    expect(wins.undo + wins.claim).toBe(6);
  });

  test("an undo and the settling: exactly one wins, and nobody is told otherwise", async () => {
    for (let repetition = 0; repetition < 6; repetition++) {
      const scene = await desk.scene({ candidates: 1 });
      const ann = await scene.hire();
      const { decided } = await work(desk, scene, ann, DISTINCT);
      await desk.advance(9.999);
      const told = async (): Promise<boolean> => {
        for (let attempt = 0; attempt < 15; attempt++) {
          if ((await effectiveDecision(desk.app, scene.caseId)) !== undefined) return true;
        }
        return false;
      };
      const [undone, settled, effective] = await Promise.all([
        refusalOf(desk.as(ann).decisions.undo({ decisionId: decided.decisionId })),
        settleDecision(desk.deps, decided.decisionId),
        told(),
        desk.advance(0.001),
      ]);
      if (undone === "allowed") {
        expect(settled).not.toBe("settled");
        expect(effective).toBe(false);
        expect(await effectiveDecision(desk.app, scene.caseId)).toBeUndefined();
      } else {
        expect(undone).toBe("undo_too_late");
        expect(await effectiveDecision(desk.app, scene.caseId)).toBeDefined();
      }
    }
  });
});

describe("while an undo that began in time is still under way", () => {
  /** Holds the undo after its checks and before its commit, past the deadline, as long as `then` runs. */
  async function heldUp(
    scene: Scene,
    ann: Staff,
    verdict: Parameters<typeof work>[3],
    then: () => Promise<void>,
  ): Promise<string> {
    const { decided } = await work(desk, scene, ann, verdict);
    await desk.advance(9.999);
    const undoing = await desk.owner.transaction(async (tx) => {
      await run(tx, sql`lock table app.question in exclusive mode`);
      const call = refusalOf(desk.as(ann).decisions.undo({ decisionId: decided.decisionId }));
      await waitingFor("app.question");
      await desk.advance(0.001);
      await then();
      return { call };
    });
    return undoing.call;
  }

  async function waitingFor(table: string): Promise<void> {
    for (;;) {
      const row = await rowOf(
        desk.owner,
        z.object({ waiting: z.boolean() }),
        sql`select exists (select from pg_locks where relation = ${table}::regclass and not granted) as waiting`,
      );
      if (row?.waiting === true) return;
    }
  }

  test("nobody claims the round that it takes away", async () => {
    const scene = await desk.scene({ candidates: 1 });
    const [ann, ben] = [await scene.hire(), await scene.hire()];
    const undone = await heldUp(scene, ann, DUPLICATE, async () => {
      expect(await scene.claim(ben)).toBeUndefined();
    });
    expect(undone).toBe("allowed");
    expect(await scene.claim(ben)).toBeUndefined();
  });

  test("upstream is not told a first round's harm in the place of the second's", async () => {
    const scene = await desk.scene({ candidates: 1 });
    await work(desk, scene, await scene.hire(), DUPLICATE);
    await desk.advance(10);
    const row = await rowOf(
      desk.owner,
      z.object({ source_id: idColumn("source") }),
      sql`select source_id from app.review_case where id = ${scene.caseId}`,
    );
    if (row === undefined) throw new Error("no case");
    const source = { sourceId: row.source_id, keyId: "key_1" } as const;
    const recorder = createRecorder(desk.deps, { id: source.sourceId, role: "source" });
    let told: Promise<unknown> = Promise.resolve();
    const undone = await heldUp(scene, await scene.hire(), DUPLICATE, async () => {
      told = caseState(desk.deps, recorder, source, scene.caseId);
      await waitingFor("app.question");
      // Long enough for the question to have reached the decision that is held.
      await Promise.race([told, new Promise((done) => setTimeout(done, 200))]);
    });
    expect(undone).toBe("allowed");
    expect(await told).toMatchObject({ stage: "in_review", decision: null });
  });

  test("nobody is told that the decision holds, and no job settles it", async () => {
    const scene = await desk.scene({ candidates: 1 });
    const ann = await scene.hire();
    let asked: Promise<unknown> = Promise.resolve();
    let settled: Promise<unknown> = Promise.resolve();
    const undone = await heldUp(scene, ann, DISTINCT, async () => {
      asked = effectiveDecision(desk.app, scene.caseId);
      const [row] = await rowsOf(
        desk.owner,
        z.object({ id: z.string() }),
        sql`select id from app.decision where case_id = ${scene.caseId}`,
      );
      settled = settleDecision(desk.deps, row?.id ?? "");
      await waitingFor("app.question");
    });
    expect(undone).toBe("allowed");
    expect(await asked).toBeUndefined();
    expect(await settled).toBe("nothing");
  });
});

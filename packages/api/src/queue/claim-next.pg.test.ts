import { rowOf, run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { judgementOf, refusalOf } from "../../test-support/judge.ts";
import { createTeam } from "../../test-support/team.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

describe("what comes next", () => {
  test("stage goes before priority, and priority before due time", async () => {
    const team = await createTeam(desk);
    const lead = await team.hire("lead");
    const arrived = [
      await team.arrive({ priority: "normal" }),
      await team.arrive({ priority: "normal" }),
      await team.arrive({ priority: "urgent" }),
      await team.arrive({ priority: "low", round: "second" }),
      await team.arrive({ priority: "low", round: "adjudication" }),
    ];
    const given: string[] = [];
    for (const _ of arrived) {
      const { active } = await team.next(lead);
      given.push(active.caseId);
      await desk.as(lead).queue.release({ ...leaseOf(active), reason: "language", until: null });
    }
    expect(given).toEqual([4, 3, 2, 0, 1].map((index) => arrived[index]?.caseId));
  });

  test("asking again gives the same case under the same number, as after a reload", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    await team.arrive();
    const first = await team.next(ann);
    expect(await team.next(ann)).toEqual(first);
  });

  test("the case kept ready is opened under the number that its evidence was fetched with", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    await team.arrive();
    const first = await team.next(ann);
    expect(first.reserved?.hardUntil).toBeNull();
    await desk.as(ann).queue.release({ ...leaseOf(first.active), reason: "skip", until: null });
    await desk.advance(7);
    const { active } = await team.next(ann);
    expect(active).toMatchObject({
      caseId: first.reserved?.caseId,
      fence: first.reserved?.fence,
      hardUntil: new Date(desk.now().getTime() + 30 * 60_000).toISOString(),
    });
  });

  test("something more urgent goes before the case kept ready, which stays ready", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive({ priority: "normal" });
    await team.arrive({ priority: "normal" });
    const first = await team.next(ann);
    await desk.as(ann).queue.release({ ...leaseOf(first.active), reason: "skip", until: null });
    const urgent = await team.arrive({ priority: "high" });
    const then = await team.next(ann);
    expect(then.active.caseId).toBe(urgent.caseId);
    expect(then.reserved).toMatchObject(leaseOf(first.reserved ?? first.active));
  });

  test("a case of the same urgency does not, even if it is due earlier", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    await team.arrive();
    const first = await team.next(ann);
    await desk.as(ann).queue.release({ ...leaseOf(first.active), reason: "skip", until: null });
    await team.arrive({ slaMinutes: 1 });
    expect((await team.next(ann)).active.caseId).toBe(first.reserved?.caseId);
  });

  test.each(["reviewer", "senior"] as const)("adjudication never comes to a %s", async (role) => {
    const team = await createTeam(desk);
    const [other, lead] = [await team.hire(role), await team.hire("lead")];
    const { caseId } = await team.arrive({ round: "adjudication" });
    await expect(desk.as(other).queue.claimNext({})).resolves.toMatchObject({ state: "empty" });
    expect((await team.next(lead)).active.caseId).toBe(caseId);
  });

  test("a successor is not told of before its predecessor can't be undone any more", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    const { caseId } = await team.arrive({ round: "second" });
    await run(
      desk.owner,
      sql`update app.round set claimable_at = app.now() + interval '10 s', waiting_since = app.now() + interval '10 s'
          where case_id = ${caseId} and round = 'second'`,
    );
    await expect(desk.as(ann).queue.claimNext({})).resolves.toMatchObject({ nextAt: null });
    await desk.advance(10);
    expect((await team.next(ann)).active.caseId).toBe(caseId);
  });
});

describe("who may not have it", () => {
  test.each([
    ["sealed a rating of another round", "sealed", "first"],
    ["decided another round", "decided", "first"],
    ["had the scores of another round", "revealed", "first"],
    ["opened the case's page", "case_page", "any"],
    ["knows somebody involved", "conflict", "any"],
  ])("somebody who %s never gets the case", async (_what, how, round) => {
    const team = await createTeam(desk);
    const [ann, bob] = [await team.hire(), await team.hire()];
    const { caseId } = await team.arrive({ round: "second" });
    await team.involve(ann, caseId, how, round);
    await expect(desk.as(ann).queue.claimNext({})).resolves.toEqual({
      state: "empty",
      reason: "only_cases_you_judged",
      nextAt: null,
    });
    expect((await team.next(bob)).active.caseId).toBe(caseId);
  });

  test("one's own round comes back with what one had sealed and drafted", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    const { candidates } = await team.arrive({ candidates: 2 });
    const { active } = await team.next(ann);
    const content = { ...EMPTY_DRAFT, rationale: "The ears differ." };
    await desk.as(ann).drafts.save({ ...leaseOf(active), content });
    const candidateId = candidates[0]?.candidateId ?? "cnd_0";
    await desk.as(ann).judging.openCandidate({ ...leaseOf(active), candidateId });
    await desk.advance(5);
    const judgement = judgementOf(0);
    await desk.as(ann).judging.seal({ ...leaseOf(active), candidateId, judgement });
    await desk.advance(200);
    const again = (await team.next(ann)).active;
    expect(again.fence).toBeGreaterThan(active.fence);
    expect(again.draft).toEqual(content);
    expect(again.candidates.find((each) => each.candidateId === candidateId)).toMatchObject({
      sealed: judgement,
      amendments: [],
    });
    expect(again.candidates.find((each) => each.candidateId !== candidateId)).toMatchObject({
      sealed: null,
      viewedMs: 0,
    });
  });

  test("a case kept ready is given back where one had a part in it since", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    await team.arrive();
    await team.arrive();
    const first = await team.next(ann);
    const kept = first.reserved?.caseId ?? "";
    await team.involve(ann, kept, "case_page");
    await desk.as(ann).queue.release({ ...leaseOf(first.active), reason: "skip", until: null });
    const { active, reserved } = await team.next(ann);
    expect([active.caseId, reserved?.caseId]).not.toContain(kept);
    expect(await roundOf(kept)).toMatchObject({ holder: null });
  });

  test.each(["auditor", "privacy", "admin"] as const)("a %s claims nothing", async (role) => {
    const team = await createTeam(desk);
    const other = await team.hire(role);
    await team.arrive();
    await expect(refusalOf(desk.as(other).queue.claimNext({}))).resolves.toBe("forbidden");
  });

  test("somebody whose role was lost since their request began claims nothing", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    await run(desk.owner, sql`update app.staff set role = 'auditor' where id = ${ann.id}`);
    await expect(refusalOf(desk.as(ann).queue.claimNext({}))).resolves.toBe("forbidden");
  });
});

describe("leases", () => {
  test("many requests of one person at once give one active and one reserved lease", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    for (let index = 0; index < 6; index++) await team.arrive();
    const results = await Promise.all(Array.from({ length: 6 }, () => team.next(ann)));
    expect(new Set(results.map((each) => each.active.fence)).size).toBe(1);
    expect(new Set(results.map((each) => each.reserved?.fence)).size).toBe(1);
  });

  test("many people at once get a case each", async () => {
    const team = await createTeam(desk);
    const people = await Promise.all(Array.from({ length: 6 }, () => team.hire()));
    for (let index = 0; index < 12; index++) await team.arrive();
    const results = await Promise.all(people.map((each) => team.next(each)));
    const cases = results.flatMap((each) => [each.active.caseId, each.reserved?.caseId]);
    expect(new Set(cases).size).toBe(12);
  });

  test("the policy and the candidates shown stay those of the cycle's first claim", async () => {
    const team = await createTeam(desk);
    const [ann, bob] = [await team.hire(), await team.hire()];
    const { caseId } = await team.arrive({ candidates: [{ similarity: 97 }, { similarity: 20 }] });
    const before = await team.next(ann);
    await desk.as(ann).queue.pause();
    await run(
      desk.owner,
      sql`insert into app.policy (version, document, author, approver, starts_at)
          select 2, jsonb_set(document, '{base,thresholds}', '[{"provider": "rekognition", "modelVersion": "*", "minimum": 90}]'), 'a', 'b', app.now()
          from app.policy where version = 1`,
    );
    const after = await team.next(bob);
    expect(after.active.candidates).toEqual(before.active.candidates);
    const other = await team.arrive({ candidates: [{ similarity: 97 }, { similarity: 20 }] });
    const { active } = await team.next(ann);
    expect(active.caseId).toBe(other.caseId);
    expect(active.candidates.map((each) => each.candidateId)).toEqual([
      other.candidates[0]?.candidateId,
    ]);
    expect(await policyOf(caseId)).toBe(1);
    expect(await policyOf(other.caseId)).toBe(2);
    await run(desk.owner, sql`update app.policy set starts_at = 'infinity' where version = 2`);
  });

  test("a lease that ran out is recorded when its round is claimed again", async () => {
    const team = await createTeam(desk);
    const [ann, bob] = [await team.hire(), await team.hire()];
    const { caseId, probeSubjectId } = await team.arrive();
    const lost = await team.next(ann);
    await desk.advance(120);
    const { active } = await team.next(bob);
    const [expired] = (await desk.leaves("case.expire")).filter((leaf) => leaf.case === caseId);
    expect(expired).toMatchObject({
      user: ann.id,
      fence: lost.active.fence,
      subject: probeSubjectId,
      actor: { id: bob.id },
    });
    const claims = (await desk.leaves("case.claim")).filter((leaf) => leaf.case === caseId);
    expect(claims.map((leaf) => leaf.fence)).toEqual([lost.active.fence, active.fence]);
  });

  test("whoever claims, opens and keeps ready stands in the log, with one account a leaf", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    const one = await team.arrive();
    const two = await team.arrive();
    await team.next(ann);
    const leaves = (await desk.leaves()).filter(({ actor }) => isActor(actor, ann.id));
    expect(leaves.map(({ kind, case: of, subject }) => [kind, of, subject])).toEqual([
      ["case.claim", one.caseId, one.probeSubjectId],
      ["case.open", one.caseId, one.probeSubjectId],
      ["case.reserve", two.caseId, two.probeSubjectId],
    ]);
  });

  test("an empty answer stands in the log too", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await desk.as(ann).queue.claimNext({});
    const leaves = (await desk.leaves()).filter(({ actor }) => isActor(actor, ann.id));
    expect(leaves.map(({ kind }) => kind)).toEqual(["queue.search"]);
  });
});

const EMPTY_DRAFT = {
  judgements: {},
  findings: {},
  outcome: null,
  reasons: [],
  rationale: "",
  question: "",
  exemptionNote: "",
};

function leaseOf(lease: { caseId: `cas_${string}`; fence: number }) {
  return { caseId: lease.caseId, fence: lease.fence };
}

function isActor(actor: unknown, id: string): boolean {
  return z.object({ id: z.literal(id) }).safeParse(actor).success;
}

async function roundOf(caseId: string): Promise<object | undefined> {
  return rowOf(
    desk.owner,
    z.looseObject({}),
    sql`select holder, lease_kind from app.round where case_id = ${caseId} and state = 'open'`,
  );
}

async function policyOf(caseId: string): Promise<number | undefined> {
  const row = await rowOf(
    desk.owner,
    z.object({ policy_version: z.int() }),
    sql`select policy_version from app.review_case where id = ${caseId}`,
  );
  return row?.policy_version;
}

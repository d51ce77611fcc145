import { claimNext, claimWork, judge, sealAll } from "@secondlook/testkit/api/judge";
import type { TestApp } from "@secondlook/testkit/api/test-app";
import { describe, expect, test } from "vitest";
import {
  courseOf,
  evidenceBody,
  openApp,
  runBody,
  sendMessage,
  stateOf,
  takeCase,
} from "../../test-support/upstream.ts";

const WITHDRAWAL = { by: "person", reason: "consent_withdrawn" };
const DISTINCT = { outcome: "distinct", reason: "different_face" } as const;

/** A case that one person settled as distinct. */
async function settledCase(app: TestApp, externalId: string): Promise<string> {
  const caseId = await takeCase(app, externalId);
  const ann = await app.signIn("reviewer-1");
  await judge(ann, await claimWork(ann), DISTINCT);
  await app.clock.pass({ seconds: 11 });
  return caseId;
}

describe("a matcher run", () => {
  test("on an open case ends the lease with a sentence and begins the next cycle with its candidates", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "open");
    const ann = await app.signIn("reviewer-1");
    const work = await claimWork(ann);
    await sealAll(ann, work, 3);
    const lease = { caseId, fence: work.fence };
    const { body, files } = runBody(["open-other-1", "new-one"]);
    const answer = await sendMessage(app, caseId, "matcher-runs", body, { files });
    expect(answer).toMatchObject({ status: 201, effect: "review_restarted" });
    expect(answer.body).toEqual({ caseId, url: `/v1/cases/${caseId}`, effect: "review_restarted" });
    expect(await courseOf(app, caseId)).toEqual({
      stage: "first",
      cycle: 2,
      policy: null,
      rounds: ["1 first closed", "2 first open"],
    });
    for (const [path, input] of [
      ["judging.reveal", lease],
      ["judging.openCandidate", { ...lease, candidateId: work.candidates[0]?.candidateId }],
      ["queue.release", { ...lease, reason: "skip", until: null }],
    ] as const) {
      expect(await ann.call(path, input)).toMatchObject({
        status: 409,
        refusal: "lease_lost",
        message: expect.stringMatching(/^The upstream system sent a new matcher run .*draft\.$/),
      });
    }
    expect((await ann.call("queue.heartbeat", { leases: [lease], active: true })).data).toEqual({
      leases: [{ state: "lost", caseId, free: false, why: "matcher_run" }],
    });
    // Nobody else is told of a lease that was not theirs.
    const ben = await app.signIn("reviewer-2");
    const stranger = await ben.call("queue.heartbeat", { leases: [lease], active: true });
    expect(stranger.data).toMatchObject({ leases: [{ why: null }] });
    // Who sealed in the cycle before takes no part in this one; the seal stays.
    expect(await claimNext(ann)).toMatchObject({ state: "empty", reason: "only_cases_you_judged" });
    const again = await claimWork(ben);
    expect(again).toMatchObject({ caseId });
    expect(again.candidates).toHaveLength(2);
    const old = work.candidates.map(({ candidateId }) => candidateId);
    expect(again.candidates.some(({ candidateId }) => old.includes(candidateId))).toBe(false);
    const { rows } = await app.superuser.query("select cycle, rating from app.rating");
    expect(rows).toEqual([{ cycle: 1, rating: 3 }]);
    expect((await app.events("case.cancel")).at(-1)).toMatchObject({
      case: caseId,
      cycle: 1,
      round: "first",
      user: app.staffId("reviewer-1"),
      reason: "matcher_run",
    });
    expect(await app.events("case.run")).toMatchObject([
      { cycle: 2, reason: "review_restarted", subject: expect.stringMatching(/^sub_/) },
      { verification: expect.stringMatching(/^ver_/) },
      { verification: expect.stringMatching(/^ver_/) },
    ]);
    expect(await stateOf(app, caseId)).toMatchObject({
      stage: "in_review",
      updates: [{ kind: "matcher_run", effect: "review_restarted" }],
      withdrawal: null,
    });
  });

  test("is what the next cycle's reveal tells of, and the cycle before keeps its own", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "reveal");
    const { body, files } = runBody(["someone-else"], 61.5);
    await sendMessage(app, caseId, "matcher-runs", body, { files });
    const ann = await app.signIn("reviewer-1");
    const work = await claimWork(ann);
    await sealAll(ann, work, -3);
    const reveal = await ann.call("judging.reveal", { caseId, fence: work.fence });
    expect(reveal.data).toMatchObject({
      machine: { modelVersion: "8.0", recommendation: "different_person" },
      candidates: [{ similarity: 61.5, rank: 1 }],
    });
    const { rows } = await app.superuser.query(
      "select model_version from sealed.shown_scores($1, 1)",
      [caseId],
    );
    expect(rows).toEqual([{ model_version: "7.0" }]);
  });

  test("on a settled case is appended and reopens it; the decision stays as it was", async () => {
    await using app = await openApp();
    const caseId = await settledCase(app, "settled");
    const before = await stateOf(app, caseId);
    expect(before).toMatchObject({ stage: "settled", decision: { outcome: "distinct" } });
    const { body, files } = runBody(["settled-other-1"]);
    const answer = await sendMessage(app, caseId, "matcher-runs", body, { files });
    expect(answer.effect).toBe("reopened");
    expect(await courseOf(app, caseId)).toMatchObject({ stage: "first", cycle: 2, policy: null });
    expect(await stateOf(app, caseId)).toMatchObject({ stage: "in_review" });
    const { rows } = await app.superuser.query(
      "select outcome, is_final, undone_at from app.decision where case_id = $1",
      [caseId],
    );
    expect(rows).toEqual([{ outcome: "distinct", is_final: true, undone_at: null }]);
    // Its time begins anew: nobody here held it up.
    expect(Date.parse(String((await stateOf(app, caseId))["dueAt"]))).toBeGreaterThan(
      Date.parse(String(before["dueAt"])),
    );
  });

  test("on a settled case is only kept where policy says so, and counts once the case is reopened", async () => {
    await using app = await openApp({ reopenSettledOn: ["evidence"] });
    const caseId = await settledCase(app, "kept");
    const run = runBody(["kept-other-2"]);
    expect(
      await sendMessage(app, caseId, "matcher-runs", run.body, { files: run.files }),
    ).toMatchObject({ status: 201, effect: "kept" });
    expect(await stateOf(app, caseId)).toMatchObject({
      stage: "settled",
      decision: { outcome: "distinct", findings: [{ externalId: "kept-other-1" }] },
      updates: [{ kind: "matcher_run", effect: "kept" }],
    });
    const again = evidenceBody({ candidates: ["kept-other-2"] });
    expect(
      await sendMessage(app, caseId, "evidence", again.body, { files: again.files }),
    ).toMatchObject({ effect: "reopened" });
    const ben = await app.signIn("reviewer-2");
    expect((await claimWork(ben)).candidates).toHaveLength(1);
    const { rows } = await app.superuser.query(
      `select s.cycle, u.external_id from app.shown_candidate s join app.candidate k on k.id = s.candidate_id
       join app.subject u on u.id = k.subject_id order by s.cycle`,
    );
    expect(rows).toEqual([
      { cycle: 1, external_id: "kept-other-1" },
      { cycle: 2, external_id: "kept-other-2" },
    ]);
  });

  test("without candidates says so: the next cycle shows none", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "none");
    const { body } = runBody([]);
    expect(await sendMessage(app, caseId, "matcher-runs", body)).toMatchObject({ status: 201 });
    expect((await claimWork(await app.signIn("reviewer-1"))).candidates).toEqual([]);
  });
});

describe("a withdrawal", () => {
  test("ends an open case and its lease, and takes what was being written", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "gone");
    const ann = await app.signIn("reviewer-1");
    const work = await claimWork(ann);
    expect(await sendMessage(app, caseId, "withdrawal", WITHDRAWAL)).toMatchObject({
      status: 201,
      effect: "withdrawn",
    });
    const lease = { caseId, fence: work.fence };
    expect(await ann.call("judging.reveal", lease)).toMatchObject({
      refusal: "lease_lost",
      message: expect.stringMatching(
        /^The case was withdrawn, so there is nothing more to decide\./,
      ),
    });
    expect(await claimNext(ann)).toMatchObject({ state: "empty", reason: "nothing_waiting" });
    expect(await courseOf(app, caseId)).toMatchObject({
      stage: "withdrawn",
      rounds: ["1 first closed"],
    });
    expect(await stateOf(app, caseId)).toMatchObject({
      stage: "withdrawn",
      decision: null,
      withdrawal: WITHDRAWAL,
    });
    expect((await app.events("case.withdraw")).at(-1)).toMatchObject({
      case: caseId,
      reason: "consent_withdrawn",
      method: "person",
    });
    for (const message of ["withdrawal", "matcher-runs"] as const) {
      const body = message === "withdrawal" ? WITHDRAWAL : runBody([]).body;
      expect(await sendMessage(app, caseId, message, body)).toMatchObject({
        status: 409,
        detail: expect.stringMatching(/Send a new case under a new id\.$/),
      });
    }
  });

  test("is refused for a settled case; of one whose decision may be undone, nothing is told", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "late");
    const ann = await app.signIn("reviewer-1");
    await judge(ann, await claimWork(ann), DISTINCT);
    const early = await sendMessage(app, caseId, "withdrawal", WITHDRAWAL);
    expect(early).toMatchObject({ status: 409, detail: expect.stringContaining("at this moment") });
    await app.clock.pass({ seconds: 11 });
    const late = await sendMessage(app, caseId, "withdrawal", WITHDRAWAL);
    expect(late).toMatchObject({
      status: 409,
      detail: expect.stringContaining("its decision stands"),
    });
    expect(await stateOf(app, caseId)).toMatchObject({ stage: "settled", updates: [] });
  });

  test("of consent is the person's alone", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "whose-consent");
    const answer = await sendMessage(app, caseId, "withdrawal", { ...WITHDRAWAL, by: "upstream" });
    expect(answer).toMatchObject({ status: 422, pointers: ["/by"] });
  });
});

describe("an undo after news from upstream", () => {
  test.each(["matcher-runs", "evidence"] as const)(
    "of %s is refused with a sentence, and the decision stays on record",
    async (message) => {
      await using app = await openApp();
      const caseId = await takeCase(app, "undo");
      const ann = await app.signIn("reviewer-1");
      const { decisionId } = await judge(ann, await claimWork(ann), {
        outcome: "duplicate",
        reason: "same_face",
        rationale: "The ears.",
      });
      const { body, files } =
        message === "evidence" ? evidenceBody({ probe: "undo-seller" }) : runBody(["undo-new"]);
      expect(await sendMessage(app, caseId, message, body, { files })).toMatchObject({
        effect: "review_restarted",
      });
      expect(await ann.call("decisions.undo", { decisionId })).toMatchObject({
        refusal: "undo_too_late",
        message: expect.stringContaining("sent something new"),
      });
      expect(await courseOf(app, caseId)).toMatchObject({
        stage: "first",
        cycle: 2,
        rounds: ["1 first decided", "1 second closed", "2 first open"],
      });
    },
  );
});

describe("whoever sends it", () => {
  test("must own the case, and is told no more of another's than of none", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "mine");
    const other = await app.addSource("other");
    for (const id of [caseId, `cas_${"0".repeat(22)}`, "nonsense"]) {
      const answer = await sendMessage(app, id, "withdrawal", WITHDRAWAL, { key: other.key });
      expect(answer).toMatchObject({ status: 404, detail: "None of your cases has this id." });
    }
    expect(await stateOf(app, caseId)).toMatchObject({ stage: "in_review" });
    expect((await app.events("case.refuse")).slice(-3)).toMatchObject([
      { reason: "no_such_case", source: other.id },
      {},
      {},
    ]);
  });

  test("shares one rate with all it sends, and is told when to come again", async () => {
    await using app = await openApp();
    await app.clock.stopAt(new Date("2040-01-02T03:04:05.000Z"));
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1) {
      for (const message of ["matcher-runs", "evidence", "withdrawal"] as const) {
        const answer = await sendMessage(app, "cas_none", message, {});
        statuses.push(answer.status);
        if (answer.status !== 429) continue;
        expect(answer.headers.get("retry-after")).toBe("1");
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
      }
    }
    expect(statuses.filter((status) => status === 404)).toHaveLength(60);
    expect(statuses.slice(60)).toEqual([429, 429, 429]);
    await app.clock.pass({ seconds: 1 });
    expect((await sendMessage(app, "cas_none", "withdrawal", {})).status).toBe(404);
  });

  test("is told of an erased account, before and within the transaction", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "erased");
    await app.superuser.query(
      "update app.subject set wrapped_key = null, erased_at = now() where external_id = 'erased-seller'",
    );
    const answer = await sendMessage(app, caseId, "withdrawal", WITHDRAWAL);
    expect(answer).toMatchObject({ status: 410, detail: expect.stringContaining("erased") });
    const other = await takeCase(app, "erased-2");
    await app.superuser.query(
      "update app.subject set wrapped_key = null, erased_at = now() where external_id = 'known'",
    );
    await takeCase(app, "knower", {});
    const { body, files } = runBody(["erased-other-1"]);
    await app.superuser.query(
      "update app.subject set wrapped_key = null, erased_at = now() where external_id = 'erased-other-1'",
    );
    const named = await sendMessage(app, other, "matcher-runs", body, { files });
    expect(named.status).toBe(410);
  });
});

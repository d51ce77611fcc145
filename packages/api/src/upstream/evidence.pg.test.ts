import { claimWork, sealAll } from "@secondlook/testkit/api/judge";
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

const counts = async (app: TestApp): Promise<unknown> => {
  const { rows } = await app.superuser.query(
    `select (select count(*)::int from app.verification) as verifications, (select count(*)::int from app.candidate) as candidates,
       (select count(*)::int from sealed.matcher_run) as runs, (select count(*)::int from app.case_update) as updates,
       (select count(*)::int from app.rendition) as objects, (select count(*)::int from app.subject) as accounts`,
  );
  return rows[0];
};

describe("evidence", () => {
  test("of the probe and a candidate begins the next cycle, which shows it and nothing older", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "new");
    const ann = await app.signIn("reviewer-1");
    const before = await claimWork(ann);
    await ann.call("drafts.save", {
      caseId,
      fence: before.fence,
      content: {
        judgements: {},
        findings: { [before.candidates[0]?.candidateId ?? ""]: "same" },
        outcome: "duplicate",
        reasons: ["same_face"],
        rationale: "Half a thought",
        question: "",
        exemptionNote: "",
      },
    });
    const { body, files } = evidenceBody({ probe: "new-seller", candidates: ["new-other-1"] });
    const answer = await sendMessage(app, caseId, "evidence", body, { files });
    expect(answer).toMatchObject({ status: 201, effect: "review_restarted" });
    // Nothing was sealed, so the same person may go on, with the text that they wrote.
    const claimed = await ann.call("queue.claimNext", {});
    expect(claimed.data).toMatchObject({
      active: {
        draft: { rationale: "Half a thought", outcome: null, findings: {}, reasons: [] },
      },
    });
    const after = await claimWork(ann);
    const ids = (work: typeof after): readonly string[] =>
      [work.probe, ...work.candidates].flatMap(({ evidence }) =>
        evidence.map(({ evidenceId }) => evidenceId),
      );
    expect(after.candidates[0]?.candidateId).toBe(before.candidates[0]?.candidateId);
    expect(ids(after)).toHaveLength(3);
    expect(ids(after).some((id) => ids(before).includes(id))).toBe(false);
    const media = (id: string | undefined, fence: number): Promise<Response> =>
      ann.fetch(`/media/${id}/face?case=${caseId}&fence=${fence}`);
    expect((await media(ids(after)[0], after.fence)).status).toBe(200);
    expect((await media(after.candidates[0]?.evidence[0]?.evidenceId, after.fence)).status).toBe(
      200,
    );
    expect((await media(ids(before)[0], after.fence)).status).toBe(409);
    expect((await media(ids(before)[0], before.fence)).status).toBe(409);
  });

  test("is what a case that awaits a capture waits for; a run alone is kept until then", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "await");
    const ann = await app.signIn("reviewer-1");
    const work = await claimWork(ann);
    await sealAll(ann, work, 0).catch(() => undefined);
    const lease = { caseId, fence: work.fence };
    for (const { candidateId } of work.candidates) {
      await ann.call("judging.seal", {
        ...lease,
        candidateId,
        judgement: { rating: 0, components: {}, missing: ["pose_differs"] },
      });
    }
    await ann.call("judging.reveal", lease);
    const decided = await ann.call("decisions.submit", {
      ...lease,
      outcome: "inconclusive",
      findings: work.candidates.map(({ candidateId }) => ({ candidateId, finding: "unresolved" })),
      reasons: ["photo_unusable"],
      rationale: "",
      exemption: null,
      inconclusiveRoute: "new_capture",
      question: null,
    });
    expect(decided.status).toBe(200);
    await app.clock.pass({ seconds: 11 });
    expect(await stateOf(app, caseId)).toMatchObject({ stage: "awaiting_capture" });
    const run = runBody(["await-other-9"]);
    expect(
      await sendMessage(app, caseId, "matcher-runs", run.body, { files: run.files }),
    ).toMatchObject({ effect: "kept" });
    expect(await stateOf(app, caseId)).toMatchObject({ stage: "awaiting_capture" });
    const { body, files } = evidenceBody({ probe: "await-seller" });
    expect(await sendMessage(app, caseId, "evidence", body, { files })).toMatchObject({
      effect: "review_restarted",
    });
    expect(await courseOf(app, caseId)).toMatchObject({ stage: "first", cycle: 2 });
    const ben = await app.signIn("reviewer-2");
    expect((await claimWork(ben)).candidates).toHaveLength(1);
  });

  test("of nobody, of another account or of one that is no candidate is refused where it stands", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "whose");
    const before = await counts(app);
    const ask = async (of: Parameters<typeof evidenceBody>[0]): Promise<unknown> => {
      const { body, files } = evidenceBody(of);
      const { status, pointers } = await sendMessage(app, caseId, "evidence", body, { files });
      return { status, pointers };
    };
    expect(await ask({})).toEqual({ status: 422, pointers: [""] });
    expect(await ask({ probe: "whose-other-1" })).toEqual({
      status: 422,
      pointers: ["/subject/externalId"],
    });
    expect(await ask({ candidates: ["stranger"] })).toEqual({
      status: 422,
      pointers: ["/candidates/0/subject/externalId"],
    });
    const half = evidenceBody({ probe: "whose-seller" });
    const partly = await sendMessage(
      app,
      caseId,
      "evidence",
      { ...half.body, capture: undefined },
      { files: half.files },
    );
    expect(partly).toMatchObject({ status: 422, pointers: ["/capture"] });
    expect(await counts(app)).toEqual(before);
  });
});

describe("pairs in one message", () => {
  test("the probe's own account, an account named twice and over 20 are refused by pointer", async () => {
    await using app = await openApp();
    const caseId = await takeCase(app, "pairs");
    const ask = async (accounts: readonly string[]): Promise<unknown> => {
      const { body, files } = runBody(accounts);
      const { status, pointers } = await sendMessage(app, caseId, "matcher-runs", body, { files });
      return { status, pointers };
    };
    expect(await ask(["pairs-seller"])).toEqual({
      status: 422,
      pointers: ["/candidates/0/subject/externalId"],
    });
    expect(await ask(["a", "b", "a"])).toEqual({
      status: 422,
      pointers: ["/candidates/2/subject/externalId"],
    });
    expect(await ask(Array.from({ length: 21 }, (_, index) => `c${index}`))).toEqual({
      status: 422,
      pointers: ["/candidates"],
    });
  });
});

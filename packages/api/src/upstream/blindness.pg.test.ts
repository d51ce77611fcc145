import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { createTestApp } from "@secondlook/testkit/api/test-app";
import { expect, test } from "vitest";
import { isReveal, Transcript } from "../../test-support/transcript.ts";
import { evidenceBody, runBody, sendMessage, takeCase } from "../../test-support/upstream.ts";
import { claimResultSchema, type WorkCase } from "../schemas/work.ts";

const POLICY = { ...POLICY_V1, base: { ...POLICY_V1.base, minimumViewSeconds: 0 } };

function workOf(data: unknown): WorkCase {
  const claimed = claimResultSchema.parse(data);
  if (claimed.state !== "work") throw new Error("nothing to work on");
  return claimed.active;
}

/** Somebody works on a case, upstream sends a run and new evidence, and somebody else goes on. */
async function play(similarities: readonly number[], recommendation: string): Promise<Transcript> {
  await using app = await createTestApp({ seed: 11, policy: POLICY });
  await app.clock.stopAt(new Date("2040-01-02T03:04:05.000Z"));
  const transcript = new Transcript();
  const caseId = await takeCase(app, "ver_blind");
  const signIn = async (handle: string) =>
    transcript.browser(app, handle, (await app.signIn(handle)).token);
  const [ann, ben] = [await signIn("reviewer-1"), await signIn("reviewer-2")];
  const lead = await signIn("lead-1");
  const first = workOf((await ann.call("queue.claimNext", {})).data);

  const { body, files } = runBody(["blind-a", "blind-b", "blind-c"]);
  const run = {
    matcher: { ...body.matcher, recommendation, threshold: 60 + Number(similarities[0] === 99) },
    candidates: body.candidates.map((candidate, index) => ({
      ...candidate,
      similarity: similarities[index],
    })),
  };
  await sendMessage(app, caseId, "matcher-runs", run, { files, idempotencyKey: "run" });
  await ann.call("queue.heartbeat", {
    leases: [{ caseId: first.caseId, fence: first.fence }],
    active: true,
  });
  await ann.call("judging.reveal", { caseId, fence: first.fence });
  const again = evidenceBody({ candidates: ["blind-b"] });
  await sendMessage(app, caseId, "evidence", again.body, {
    files: again.files,
    idempotencyKey: "evidence",
  });
  await lead.call("queue.overview", { region: null, cursor: null });
  const work = workOf((await ben.call("queue.claimNext", {})).data);
  const lease = { caseId, fence: work.fence };
  for (const { candidateId, evidence } of work.candidates) {
    for (const { evidenceId } of evidence) {
      await ben.fetch(`/media/${evidenceId}/face?case=${caseId}&fence=${work.fence}`);
    }
    await ben.call("judging.reveal", lease);
    await ben.call("judging.openCandidate", { ...lease, candidateId });
    const judgement = { rating: 2, components: {}, missing: [] };
    await ben.call("judging.seal", { ...lease, candidateId, judgement });
    await ben.call("judging.attributes", { ...lease, candidateId });
  }
  await ben.call("judging.reveal", lease);
  // What upstream sends is told no more about than the case itself was.
  expect(Object.keys(work).toSorted()).toEqual(Object.keys(first).toSorted());
  expect(app.errors).toEqual([]);
  return transcript;
}

test("a later run's scores, ranks and recommendation turned round: the same bytes until the reveal", async () => {
  const [one, other] = await Promise.all([
    play([99, 88.5, 71.25], "same_person"),
    play([71.25, 99, 88.5], "different_person"),
  ]);
  const hidden = (of: Transcript) =>
    of.entries.map((entry) => (isReveal(entry) ? { asked: entry.asked } : entry));
  expect(hidden(other)).toEqual(hidden(one));
  const reveals = (of: Transcript) => of.entries.filter(isReveal).map(({ body }) => body);
  expect(reveals(one)).toHaveLength(1);
  expect(reveals(one)).not.toEqual(reveals(other));
  expect(one.entries.length).toBeGreaterThan(15);
});

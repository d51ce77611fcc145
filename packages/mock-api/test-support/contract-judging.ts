import { sealAll } from "@secondlook/testkit/api/judge";
import { expect } from "vitest";
import { z } from "zod";
import { answered, refusalOf } from "./contract-bench.ts";
import type { Guarantee } from "./contract-suite.ts";

const MINIMUM_VIEW = 5;
const judgement = (rating: number) => ({ rating, components: { ears: "alike" }, missing: [] });

/** Evidence, seals, the reveal, drafts. */
export function judgingContract(guarantee: Guarantee): void {
  guarantee("evidence opens for the holder of the lease alone, one event a GET", async (bench) => {
    const { browser, work, lease } = await bench.work("reviewer-1");
    const [item] = work.probe.evidence;
    const address = `/media/${item?.evidenceId}/face?case=${lease.caseId}&fence=${lease.fence}`;
    const before = (await bench.kinds()).filter((kind) => kind === "media.read").length;
    const response = await browser.fetch(address);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(4);
    expect((await bench.kinds()).filter((kind) => kind === "media.read")).toHaveLength(before + 1);
    expect((await browser.fetch(address, { method: "HEAD" })).status).toBe(405);
    const other = await bench.signIn("reviewer-3");
    expect((await other.fetch(address)).status).toBe(409);
    expect((await browser.fetch(address.replace("face", "original"))).status).toBe(400);
  });

  guarantee("evidence stays shut while nothing can be recorded", async (bench) => {
    const { browser, work, lease } = await bench.work("reviewer-1");
    const [item] = work.probe.evidence;
    const address = `/media/${item?.evidenceId}/face?case=${lease.caseId}&fence=${lease.fence}`;
    const refused = await bench.withoutLog(() => browser.fetch(address));
    expect(refused.status).toBe(503);
    expect((await browser.fetch(address)).status).toBe(200);
  });

  guarantee("a seal takes the minimum view, and there is one", async (bench) => {
    const { browser, work, lease } = await bench.work("reviewer-1");
    const candidateId = work.candidates[0]?.candidateId;
    const seal = { ...lease, candidateId, judgement: judgement(2) };
    await answered(browser.call("judging.openCandidate", { ...lease, candidateId }));
    expect(await refusalOf(browser.call("judging.seal", seal))).toBe("viewed_too_short");
    await bench.pass(MINIMUM_VIEW);
    expect(await answered(browser.call("judging.seal", seal))).toMatchObject({ remaining: 0 });
    expect(await refusalOf(browser.call("judging.seal", seal))).toBe("already_sealed");
  });

  guarantee("“can't tell” has to say what is missing", async (bench) => {
    const { browser, work, lease } = await bench.work("reviewer-1");
    const candidateId = work.candidates[0]?.candidateId;
    await answered(browser.call("judging.openCandidate", { ...lease, candidateId }));
    await bench.pass(MINIMUM_VIEW);
    const seal = { ...lease, candidateId, judgement: judgement(0) };
    expect(await refusalOf(browser.call("judging.seal", seal))).toBe("invalid_judgement");
  });

  guarantee("names open with the seal, scores after the last one", async (bench) => {
    const { browser, work, lease } = await bench.work("reviewer-1", { candidates: 2 });
    const [first, second] = work.candidates;
    if (first === undefined || second === undefined) throw new Error("there are two candidates");
    const of = { ...lease, candidateId: first.candidateId };
    expect(await refusalOf(browser.call("judging.attributes", of))).toBe("not_sealed");
    for (const { candidateId } of [first, second]) {
      expect(await refusalOf(browser.call("judging.reveal", lease))).toBe("not_sealed");
      await answered(browser.call("judging.openCandidate", { ...lease, candidateId }));
      await bench.pass(MINIMUM_VIEW);
      const seal = { ...lease, candidateId, judgement: judgement(3) };
      await answered(browser.call("judging.seal", seal));
    }
    expect(await answered(browser.call("judging.attributes", of))).toMatchObject({
      probe: { fullName: "Nguyễn Văn Ánh" },
      sharedSignals: ["payoutAccount"],
    });
    const revealed = z
      .object({ candidates: z.array(z.object({ similarity: z.number() })) })
      .parse(await answered(browser.call("judging.reveal", lease)));
    expect(new Set(revealed.candidates.map(({ similarity }) => similarity))).toEqual(
      new Set([96, 97]),
    );
    expect(await bench.kinds()).toContain("score.reveal");
  });

  guarantee("a draft is kept as it was, and comes with the case", async (bench) => {
    const { browser, lease } = await bench.work("reviewer-1");
    const content = {
      judgements: {},
      findings: {},
      outcome: "distinct",
      reasons: ["different_face"],
      rationale: "„Half a thought“ – ½ 思 ف",
      question: "",
      exemptionNote: "",
    };
    await answered(browser.call("drafts.save", { ...lease, content }));
    await bench.pass(130);
    expect(await answered(browser.call("queue.retake", { caseId: lease.caseId }))).toMatchObject({
      active: { draft: content },
    });
  });

  guarantee("seals outlive a lost lease", async (bench) => {
    const { browser, work, lease } = await bench.work("reviewer-1");
    const [candidate] = work.candidates;
    await answered(
      browser.call("judging.openCandidate", { ...lease, candidateId: candidate?.candidateId }),
    );
    await bench.pass(MINIMUM_VIEW);
    await sealAll(browser, work, 2);
    await bench.pass(130);
    expect(await answered(browser.call("queue.retake", { caseId: lease.caseId }))).toMatchObject({
      active: { candidates: [{ sealed: { rating: 2 } }] },
    });
  });
}

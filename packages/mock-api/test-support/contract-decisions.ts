import { claimNext, type Work } from "@secondlook/testkit/api/judge";
import type { Browser } from "@secondlook/testkit/api/browser";
import { expect } from "vitest";
import { z } from "zod";
import { answered, type Bench, type Lease, refusalOf } from "./contract-bench.ts";
import type { Guarantee } from "./contract-suite.ts";

const UNDO_SECONDS = 11;
const decidedSchema = z.object({ decisionId: z.string() });

/** Decisions, rounds, and what may be seen of a case from outside it. */
export function decisionContract(guarantee: Guarantee): void {
  guarantee("a decision waits for the seals, and for a finding on everybody", async (bench) => {
    const { browser, work, lease } = await bench.work("reviewer-1");
    const submission = distinct(work, lease);
    expect(await refusalOf(browser.call("decisions.submit", submission))).toBe("not_sealed");
    await seal(bench, browser, work, -3);
    await answered(browser.call("judging.reveal", lease));
    const empty = { ...submission, findings: [] };
    expect(await refusalOf(browser.call("decisions.submit", empty))).toBe("invalid_decision");
    await answered(browser.call("decisions.submit", submission));
  });

  guarantee("a decision can be taken back until its window ends", async (bench) => {
    const { browser, work, lease } = await bench.work("reviewer-1");
    const first = await decide(bench, browser, work, lease);
    const back = z
      .object({
        active: z.object({ caseId: z.string(), fence: z.number(), revealed: z.boolean() }),
      })
      .parse(await answered(browser.call("decisions.undo", first)));
    expect(back.active).toMatchObject({ caseId: lease.caseId, revealed: true });
    expect(back.active.fence).not.toBe(lease.fence);
    const again = distinct(work, back.active);
    const second = decidedSchema.parse(await answered(browser.call("decisions.submit", again)));
    await bench.pass(UNDO_SECONDS);
    expect(await refusalOf(browser.call("decisions.undo", second))).toBe("undo_too_late");
  });

  guarantee("what harms goes to somebody else, who sees nothing of it", async (bench) => {
    const { browser, work, lease } = await bench.work("reviewer-1");
    await seal(bench, browser, work, 3);
    await answered(browser.call("judging.reveal", lease));
    const harmful = {
      ...distinct(work, lease),
      outcome: "duplicate",
      findings: work.candidates.map(({ candidateId }) => ({ candidateId, finding: "same" })),
      reasons: ["same_face"],
      rationale: "a mole of her own",
    };
    await answered(browser.call("decisions.submit", harmful));
    await bench.pass(UNDO_SECONDS);
    expect(await claimNext(browser)).toMatchObject({
      state: "empty",
      reason: "only_cases_you_judged",
    });
    const other = await bench.signIn("senior-1");
    await other.call("queue.pause");
    const claimed = await other.call("queue.claimNext", {});
    expect(claimed.data).toMatchObject({
      active: { caseId: lease.caseId, revealed: false, draft: null },
    });
    expect(JSON.stringify(claimed.body)).not.toContain("mole");
  });

  guarantee(
    "a case's page is closed to who may still judge it, and open to auditors",
    async (bench) => {
      const { lease } = await bench.work("reviewer-1");
      const page = { caseId: lease.caseId };
      const reviewer = await bench.signIn("reviewer-3");
      expect(await refusalOf(reviewer.call("cases.page", page))).toBe("forbidden");
      const auditor = await bench.signIn("auditor-1");
      expect((await auditor.call("cases.page", page)).status).toBe(200);
      expect(await bench.kinds()).toContain("case.view");
    },
  );

  guarantee("nothing is told of a case while it can't be recorded", async (bench) => {
    const { lease } = await bench.work("reviewer-1");
    const auditor = await bench.signIn("auditor-1");
    const page = { caseId: lease.caseId };
    const refused = bench.withoutLog(() => refusalOf(auditor.call("cases.page", page)));
    expect(await refused).toBe("log_unavailable");
  });

  guarantee("the log's state is told to who may know it", async (bench) => {
    const auditor = await bench.signIn("auditor-1");
    expect(await answered(auditor.call("audit.status"))).toHaveProperty("size");
  });
}

async function seal(bench: Bench, browser: Browser, work: Work, rating: number): Promise<void> {
  for (const { candidateId } of work.candidates) {
    const of = { caseId: work.caseId, fence: work.fence, candidateId };
    await answered(browser.call("judging.openCandidate", of));
    await bench.pass(5);
    const judgement = { rating, components: {}, missing: [] };
    await answered(browser.call("judging.seal", { ...of, judgement }));
  }
}

function distinct(work: Work, { caseId, fence }: Lease) {
  return {
    caseId,
    fence,
    outcome: "distinct",
    findings: work.candidates.map(({ candidateId }) => ({ candidateId, finding: "different" })),
    reasons: ["different_face"],
    rationale: "",
    exemption: null,
    inconclusiveRoute: null,
    question: null,
  };
}

async function decide(bench: Bench, browser: Browser, work: Work, lease: Lease) {
  await seal(bench, browser, work, -3);
  await answered(browser.call("judging.reveal", lease));
  return decidedSchema.parse(
    await answered(browser.call("decisions.submit", distinct(work, lease))),
  );
}

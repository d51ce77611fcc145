import { z } from "zod";
import type { Browser } from "./browser.ts";

const evidenceSchema = z.object({
  evidenceId: z.string(),
  kind: z.string(),
  renditions: z.array(z.object({ name: z.string() })),
});

const workSchema = z.object({
  caseId: z.string(),
  fence: z.number(),
  probe: z.object({ evidence: z.array(evidenceSchema) }),
  candidates: z.array(z.object({ candidateId: z.string(), evidence: z.array(evidenceSchema) })),
});

/** A case under a lease, as far as tests look at it. */
export type Work = z.output<typeof workSchema>;

/** What `queue.claimNext` answers where it is not refused. */
export const claimSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("work"), active: workSchema, reserved: workSchema.nullable() }),
  z.object({ state: z.literal("empty"), reason: z.string() }),
]);

/** `queue.claimNext` as a test sees it. */
export async function claimNext(browser: Browser): Promise<z.output<typeof claimSchema>> {
  const answer = await browser.call("queue.claimNext", {});
  if (answer.status !== 200) throw new Error(`no claim: ${answer.refusal} ${answer.message}`);
  return claimSchema.parse(answer.data);
}

/** The case that this person gets next. Throws where there is none. */
export async function claimWork(browser: Browser): Promise<Work> {
  const claimed = await claimNext(browser);
  if (claimed.state === "empty") throw new Error(`nothing to work on: ${claimed.reason}`);
  return claimed.active;
}

/** Opens, rates and seals every candidate; the policy's minimum view must be 0 or waited for. */
export async function sealAll(browser: Browser, work: Work, rating: number): Promise<void> {
  const lease = { caseId: work.caseId, fence: work.fence };
  for (const { candidateId } of work.candidates) {
    await must(browser, "judging.openCandidate", { ...lease, candidateId });
    await must(browser, "judging.seal", {
      ...lease,
      candidateId,
      judgement: { rating, components: {}, missing: rating === 0 ? ["photo_unclear"] : [] },
    });
  }
}

/** What `judge` decides. */
export interface Verdict {
  readonly outcome: "duplicate" | "distinct" | "identity_mule" | "inconclusive";
  readonly reason: string;
  readonly rationale?: string;
}

const FINDINGS = {
  duplicate: { finding: "same", rating: 3 },
  identity_mule: { finding: "different", rating: -3 },
  distinct: { finding: "different", rating: -3 },
  inconclusive: { finding: "unresolved", rating: 0 },
} as const;

const decidedSchema = z.object({ decisionId: z.string(), undoUntil: z.string() });

/** Seals, reveals and decides a case the same way for every candidate. */
export async function judge(
  browser: Browser,
  work: Work,
  verdict: Verdict,
): Promise<z.output<typeof decidedSchema>> {
  const lease = { caseId: work.caseId, fence: work.fence };
  const { finding, rating } = FINDINGS[verdict.outcome];
  await sealAll(browser, work, rating);
  await must(browser, "judging.reveal", lease);
  const decided = await must(browser, "decisions.submit", {
    ...lease,
    outcome: verdict.outcome,
    findings: work.candidates.map(({ candidateId }) => ({ candidateId, finding })),
    reasons: [verdict.reason],
    rationale: verdict.rationale ?? "",
    exemption: null,
    inconclusiveRoute: verdict.outcome === "inconclusive" ? "lead" : null,
    question: verdict.outcome === "inconclusive" ? "What do you see?" : null,
  });
  return decidedSchema.parse(decided);
}

async function must(browser: Browser, path: string, input: unknown): Promise<unknown> {
  const answer = await browser.call(path, input);
  if (answer.status !== 200) {
    throw new Error(`${path} was refused: ${answer.status} ${answer.refusal} ${answer.message}`);
  }
  return answer.data;
}

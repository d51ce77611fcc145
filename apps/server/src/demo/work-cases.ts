import { setTimeout as wait } from "node:timers/promises";
import type { CasePlan } from "@secondlook/demo/plan";
import { createRandom, type Random } from "@secondlook/demo/random";
import { demoSeed } from "@secondlook/demo/demo-set";
import { z } from "zod";
import { type Desk, DeskError } from "./desk.ts";
import { opinionOn } from "./opinion.ts";

const workSchema = z.object({
  caseId: z.string(),
  fence: z.number(),
  candidates: z.array(z.object({ candidateId: z.string(), sealed: z.object({}).nullable() })),
  revealed: z.boolean(),
  rules: z.object({ minimumViewSeconds: z.number() }),
});
type Work = z.output<typeof workSchema>;

const claimSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("work"), active: workSchema }),
  z.object({ state: z.literal("empty"), nextAt: z.string().nullable() }),
]);
const decidedSchema = z.object({ decisionId: z.string() });
const anything = z.unknown();

export interface WorkCasesOptions {
  readonly desk: Desk;
  readonly handle: string;
  readonly lead: boolean;
  /** The plans of the cases to work on, by the case's id here. */
  readonly plans: ReadonlyMap<string, CasePlan>;
  readonly signal: AbortSignal;
  /** An empty queue is asked again for so long: a colleague's round or an undo may follow. */
  readonly patienceSeconds: number;
  /** How long a look takes beyond the least that policy asks: 1 for some seconds, 0 for none. */
  readonly hesitation?: number;
}

/** Somebody who is refused so often stops, rather than ask for ever. */
const mostRefusals = 8;

/**
 * Works through the queue as a person does: looks for the minimum time, seals each candidate, sees
 * what the machine said, decides; now and then releases, amends or undoes. Gives the decisions made.
 */
export async function workCases(options: WorkCasesOptions): Promise<number> {
  const { desk, plans, signal, handle, lead, hesitation = 1 } = options;
  let decided = 0;
  let refused = 0;
  let emptySince: number | undefined;
  while (refused < mostRefusals) {
    signal.throwIfAborted();
    const claim = await desk.call("queue.claimNext", {}, claimSchema);
    if (claim.state === "empty") {
      emptySince ??= performance.now();
      if (performance.now() - emptySince > options.patienceSeconds * 1000) return decided;
      await wait(3_000, undefined, { signal });
      continue;
    }
    emptySince = undefined;
    const { active } = claim;
    const plan = plans.get(active.caseId);
    const random = createRandom("work", demoSeed, handle, plan?.name ?? "", decided);
    const lease = { caseId: active.caseId, fence: active.fence };
    if (plan === undefined || random.chance(0.06)) {
      await desk.call("queue.release", { ...lease, reason: "skip", until: null }, anything);
      continue;
    }
    const opinion = opinionOn(plan, { lead }, random);
    try {
      await judge(active);
      const again = await submit(lease);
      if (again !== undefined) await submit(again);
      decided += 1;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      // Somebody else has it by now, or its rules say no: the next one, then.
      refused += 1;
      await desk
        .call("queue.release", { ...lease, reason: "skip", until: null }, anything)
        .catch(() => undefined);
    }

    async function judge(work: Work): Promise<void> {
      for (const { candidateId, sealed } of work.candidates) {
        if (sealed !== null) continue;
        await desk.call("judging.openCandidate", { ...lease, candidateId }, anything);
        const seconds = work.rules.minimumViewSeconds + random.range(0.5, 4) * hesitation;
        await wait(seconds * 1000, undefined, { signal });
        const { judgement } = opinion;
        await desk.call("judging.seal", { ...lease, candidateId, judgement }, anything);
      }
      await desk.call("judging.reveal", lease, anything);
      const [first] = work.candidates;
      // Seeing the machine's opinion moves some people a little (Howard et al. 2020).
      if (first === undefined || opinion.judgement.rating !== -2 || !random.chance(0.5)) return;
      const judgement = { ...opinion.judgement, rating: -1 };
      await desk.call(
        "judging.amend",
        { ...lease, candidateId: first.candidateId, judgement },
        anything,
      );
    }

    /** Decides; gives the lease of the same case where the author took the decision back at once. */
    async function submit(held: typeof lease): Promise<typeof lease | undefined> {
      const ids = active.candidates.map(({ candidateId }) => candidateId);
      const { decisionId } = await desk.call(
        "decisions.submit",
        { ...held, ...formOf(opinion, ids, random) },
        decidedSchema,
      );
      if (held.fence !== lease.fence || !random.chance(0.08)) return undefined;
      const undone = await desk.call("decisions.undo", { decisionId }, claimSchema);
      if (undone.state === "empty" || undone.active.caseId !== held.caseId) return undefined;
      return { caseId: held.caseId, fence: undone.active.fence };
    }
  }
  return decided;
}

function formOf(
  opinion: ReturnType<typeof opinionOn>,
  candidateIds: readonly string[],
  random: Random,
): object {
  const { outcome, finding, reasons, rationale } = opinion;
  const asksLead = outcome === "inconclusive" && random.chance(0.3);
  const year = 365 * 24 * 3_600_000;
  return {
    outcome,
    findings: candidateIds.map((candidateId) => ({ candidateId, finding })),
    reasons,
    rationale,
    exemption:
      outcome === "permitted_second_account"
        ? {
            candidateIds,
            reason: "exemption_business",
            note: "Registered business; documents seen by the regional team.",
            expiresAt: new Date(Date.now() + year).toISOString(),
          }
        : null,
    inconclusiveRoute: outcome === "inconclusive" ? (asksLead ? "lead" : "new_capture") : null,
    question: asksLead ? "Is the outline enough to tell them apart?" : null,
  };
}

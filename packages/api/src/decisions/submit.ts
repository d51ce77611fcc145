import type { Database } from "@secondlook/db/database";
import { currentTime, lockCase } from "@secondlook/db/decisions/case-history";
import { exemptCandidates } from "@secondlook/db/decisions/exemptions";
import { findSameDecision } from "@secondlook/db/decisions/same-decision";
import { requireActiveLease } from "@secondlook/db/queue/lease";
import { type JudgedCandidate, judgedCandidates } from "@secondlook/db/judging/ratings";
import { decide } from "@secondlook/domain/cases/transition";
import { checkDecision, type RatedCandidate } from "@secondlook/domain/decisions/check-decision";
import { newId } from "@secondlook/domain/ids";
import type { z } from "zod";
import type { RecordInTransaction } from "../core/recorder.ts";
import { lostLease } from "../core/lost-lease.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { settingsOf } from "../judging/held-round.ts";
import { submitInput, submitOutput } from "../schemas/decisions.ts";
import { chance } from "./chance.ts";
import { decisionRefusal, transitionRefusal } from "./refusals.ts";
import { recordDecision } from "./record-decision.ts";
import { writeDecision } from "./write-decision.ts";

/**
 * Decides a round: decision, findings, exemption, the case's next stage, their events and the job
 * that settles it commit together or not at all. Until its window ends the author can undo it.
 */
export const submit = procedure
  .meta({ permission: "case.judge", records: ["decision.submit", "decision.repeat"] })
  .input(submitInput)
  .output(submitOutput)
  .mutation(({ ctx, input }) =>
    ctx.recorder.transaction(async (tx, record) => {
      const { deps, staff } = ctx;
      const held = await requireActiveLease(tx, { ...input, staffId: staff.id });
      if (held === undefined) return repeated(tx, record, { ...input, staffId: staff.id });
      const state = await lockCase(tx, held.caseId);
      if (state === undefined) throw new Error("a round has no case");
      const settings = await settingsOf(tx, held);
      const candidates = await judgedCandidates(tx, { held, staffId: staff.id });
      const exempt = await exemptCandidates(tx, held);
      const now = await currentTime(tx);
      const form = {
        ...input,
        exemption:
          input.exemption === null
            ? null
            : { ...input.exemption, expiresAt: new Date(input.exemption.expiresAt) },
      };
      const shown = candidates.map((each) => rated(each, exempt));
      const checked = checkDecision(form, { shown, reasonCodes: settings.reasonCodes, now });
      if (!checked.ok) throw decisionRefusal(checked.refusal);

      const decisionId = newId("decision", deps.random);
      const undoUntil = new Date(now.getTime() + settings.undoSeconds * 1000);
      const decided = decide(
        state,
        {
          id: decisionId,
          by: staff,
          verdict: { outcome: form.outcome, ...checked.value },
          inconclusiveRoute: form.inconclusiveRoute ?? "lead",
          at: now.getTime(),
          undoUntil: undoUntil.getTime(),
        },
        {
          secondRoundOutcomes: settings.secondRoundOutcomes,
          sampled: chance(settings.secondRoundSampleRate, deps.random),
        },
      );
      if (!decided.ok) throw transitionRefusal(decided.refusal);
      const written = await writeDecision(deps, tx, {
        decisionId,
        held,
        staffId: staff.id,
        form,
        candidates,
        before: state,
        decided: decided.value,
        decidedAt: now,
        undoUntil,
      });
      await recordDecision(record, { held, form, step: decided.value.step, undoUntil, written });
      await deps.enqueue(tx, {
        task: "settle_decision",
        payload: { decisionId },
        runAt: undoUntil,
      });
      return { decisionId, undoUntil: undoUntil.toISOString() };
    }),
  );

/**
 * An answer may be lost after the commit; the form sent again is told of the decision that it made,
 * and its author can still undo it.
 */
async function repeated(
  tx: Database,
  record: RecordInTransaction,
  sent: Parameters<typeof findSameDecision>[1],
): Promise<z.output<typeof submitOutput>> {
  const same = await findSameDecision(tx, sent);
  if (same === undefined) throw await lostLease(tx, sent);
  await record({
    kind: "decision.repeat",
    outcome: "allowed",
    case: sent.caseId,
    cycle: same.cycle,
    round: same.round,
    fence: sent.fence,
    ruling: same.id,
  });
  return { decisionId: same.id, undoUntil: same.undoUntil.toISOString() };
}

function rated(candidate: JudgedCandidate, exempt: ReadonlySet<string>): RatedCandidate {
  const { candidateId, latest } = candidate;
  if (latest === null) {
    throw new Refusal("not_sealed", "Seal a rating of every candidate before you decide.");
  }
  return { candidateId, rating: latest, exempt: exempt.has(candidateId) };
}

import {
  recordSettledReveal,
  settledRound,
  shownCandidates,
} from "@secondlook/db/cases/machine-view";
import { readScores } from "@secondlook/db/judging/reveal";
import { Refusal } from "../core/refusal.ts";
import { sqlState } from "../core/sql-state.ts";
import { procedure } from "../core/trpc.ts";
import { machineViewOutput, pageInput } from "../schemas/cases.ts";

/** What the machine had said of a settled case; whoever sees it never judges that case again. */
export const machineView = procedure
  .meta({ permission: "case.machine_view", records: ["score.reveal"] })
  .input(pageInput)
  .output(machineViewOutput)
  .mutation(async ({ ctx, input }) => {
    const { caseId } = input;
    const staffId = ctx.staff.id;
    const { eid, shown } = await ctx.recorder.transaction(async (tx, record, stamp) => {
      const settled = await settledRound(tx, caseId);
      if (settled === undefined) throw notSettled();
      const candidates = await shownCandidates(tx, { caseId, cycle: settled.cycle });
      const event = {
        kind: "score.reveal",
        outcome: "allowed",
        case: caseId,
        cycle: settled.cycle,
        round: settled.round,
        fence: settled.fence,
        ruling: settled.decisionId,
        policy: settled.policyVersion,
        purpose: { code: "settled_case" },
      } as const;
      const stamped = stamp({ ...event, subject: settled.probeSubjectId });
      await recordSettledReveal(tx, { caseId, staffId, leaf: stamped.leaf }).catch(
        (error: unknown) => {
          throw sqlState(error) === "SL005" ? notSettled() : error;
        },
      );
      // One leaf for each account whose score is shown, so that its own report has it.
      for (const { candidateId, subjectId } of candidates) {
        await record({ ...event, subject: subjectId, candidate: candidateId });
      }
      return { eid: stamped.eid, shown: candidates };
    });
    // The database gives the scores only to a later transaction than that of the events.
    const scores = await readScores(ctx.deps.db, { eid, staffId });
    const [first] = scores;
    return {
      machine:
        first === undefined
          ? null
          : {
              provider: first.provider,
              modelVersion: first.modelVersion,
              gallery: first.gallery,
              threshold: first.threshold,
              recommendation: first.recommendation,
            },
      candidates: shown.map(({ candidateId }) => {
        const score = scores.find((each) => each.candidateId === candidateId);
        return {
          candidateId,
          similarity: score?.similarity ?? null,
          rank: score?.rank ?? null,
        };
      }),
    };
  });

function notSettled(): Refusal {
  return new Refusal("conflict", "What the machine said opens once the case is settled.");
}

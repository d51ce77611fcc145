import { type EarlierDecision, earlierDecisions } from "@secondlook/db/decisions/earlier-decisions";
import { judgedCandidates } from "@secondlook/db/judging/ratings";
import { type MachineRow, readScores, recordReveal } from "@secondlook/db/judging/reveal";
import { earlierShownIn } from "@secondlook/domain/cases/next-stage";
import { isAdjudication } from "@secondlook/domain/cases/stage";
import type { HeldRound } from "@secondlook/db/queue/lease";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import type { z } from "zod";
import { questionPlace, rationalePlace } from "../decisions/text-places.ts";
import { leaseLost, Refusal } from "../core/refusal.ts";
import { sqlState } from "../core/sql-state.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { procedure } from "../core/trpc.ts";
import { revealInput, revealOutput } from "../schemas/judging.ts";
import { requireHeldRound, settingsOf } from "./held-round.ts";

type Reveal = z.output<typeof revealOutput>;

/**
 * What the machine said, after every shown candidate is sealed. Asked for again, for example after a
 * reload, it says the same and is recorded again.
 */
export const reveal = procedure
  .meta({ permission: "case.judge", records: ["score.reveal"] })
  .input(revealInput)
  .output(revealOutput)
  .mutation(async ({ ctx, input }): Promise<Reveal> => {
    const staffId = ctx.staff.id;
    const opened = await ctx.recorder.transaction(async (tx, record, stamp) => {
      const held = await requireHeldRound(tx, ctx.staff, input);
      const candidates = await judgedCandidates(tx, { held, staffId });
      const { blindJudging } = await settingsOf(tx, held);
      if (blindJudging && candidates.some((each) => each.sealed === null)) throw notSealed();
      const event = {
        kind: "score.reveal",
        outcome: "allowed",
        case: held.caseId,
        cycle: held.cycle,
        round: held.round,
        fence: held.fence,
        policy: held.policyVersion,
      } as const;
      const { eid, leaf } = stamp({ ...event, subject: held.probeSubjectId });
      await recordReveal(tx, { held, staffId, leaf }).catch(refuse);
      // One leaf for each account whose score is shown, so that its own report has it.
      for (const each of candidates) {
        await record({ ...event, subject: each.subjectId, candidate: each.candidateId });
      }
      const earlier = isAdjudication(held.round)
        ? earlierShownIn(held.round, await earlierDecisions(tx, held))
        : [];
      const key =
        earlier.length === 0 ? undefined : await subjectKey(ctx.deps, tx, held.probeSubjectId);
      return {
        eid,
        candidates,
        earlier:
          key === undefined
            ? []
            : await Promise.all(earlier.map(async (each) => openEarlier(key, held, each))),
      };
    });
    // The database gives the scores only to a later transaction than that of the events.
    const rows = await readScores(ctx.deps.db, { eid: opened.eid, staffId });
    return {
      machine: machineOf(rows),
      candidates: opened.candidates.map((each) => {
        const row = rows.find(({ candidateId }) => candidateId === each.candidateId);
        return {
          candidateId: each.candidateId,
          similarity: row?.similarity ?? null,
          rank: row?.rank ?? null,
          sealedRating: each.sealed,
        };
      }),
      earlier: opened.earlier,
    };
  });

function machineOf([first]: readonly MachineRow[]): Reveal["machine"] {
  if (first === undefined) return null;
  const { provider, modelVersion, gallery, threshold, recommendation } = first;
  return { provider, modelVersion, gallery, threshold, recommendation };
}

async function openEarlier(
  key: SubjectKey,
  held: HeldRound,
  decision: EarlierDecision,
): Promise<Reveal["earlier"][number]> {
  const { rationale, question } = decision;
  return {
    outcome: decision.outcome,
    reasons: decision.reasons,
    rationale:
      rationale === null ? "" : await key.decryptText(rationale, rationalePlace(decision.id)),
    question:
      question === null
        ? null
        : await key.decryptText(question, questionPlace({ ...held, round: decision.round })),
    findings: decision.findings,
  };
}

/** The database checks lease and seals once more, where nothing can go around it. */
function refuse(error: unknown): never {
  const state = sqlState(error);
  if (state === "SL003") throw leaseLost();
  if (state === "SL004") throw notSealed();
  throw error;
}

function notSealed(): Refusal {
  return new Refusal(
    "not_sealed",
    "What the machine said opens after every candidate of this case is sealed.",
  );
}

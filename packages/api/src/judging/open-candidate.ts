import { startViewing } from "@secondlook/db/judging/viewing";
import { procedure } from "../core/trpc.ts";
import { openCandidateInput, openCandidateOutput } from "../schemas/judging.ts";
import { requireCandidate, requireHeldRound } from "./held-round.ts";

/** Puts a candidate beside the probe: from now on the server counts how long it is looked at. */
export const openCandidate = procedure
  .meta({ permission: "case.judge", records: ["candidate.open"] })
  .input(openCandidateInput)
  .output(openCandidateOutput)
  .mutation(({ ctx, input }) =>
    ctx.recorder.transaction(async (tx, record) => {
      const staffId = ctx.staff.id;
      const held = await requireHeldRound(tx, ctx.staff, input);
      const { candidateId } = input;
      const { candidate } = await requireCandidate(tx, { held, staffId, candidateId });
      const viewedMs = await startViewing(tx, { held, staffId, candidateId });
      await record({
        kind: "candidate.open",
        outcome: "allowed",
        case: held.caseId,
        subject: candidate.subjectId,
        candidate: candidate.candidateId,
        cycle: held.cycle,
        round: held.round,
        fence: held.fence,
      });
      return { viewedMs: viewedMs ?? 0 };
    }),
  );

import { insertRating } from "@secondlook/db/judging/ratings";
import { viewedMs } from "@secondlook/db/judging/viewing";
import { checkSeal } from "@secondlook/domain/judging/rating";
import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { procedure } from "../core/trpc.ts";
import { amendOutput, sealInput } from "../schemas/judging.ts";
import { requireCandidate, requireHeldRound } from "./held-round.ts";
import { judgementRefusal, sealDetail } from "./judgement.ts";
import { sealViewing } from "./sealed-viewing.ts";

/** Amendments that one person may put beside one candidate's seal in one round. */
const MAX_AMENDMENTS = 50;

/** Puts a later rating beside the sealed one, which stays as it is. */
export const amend = procedure
  .meta({ permission: "case.judge", records: ["judgement.amend"] })
  .input(sealInput)
  .output(amendOutput)
  .mutation(({ ctx, input }) =>
    ctx.recorder.transaction(async (tx, record) => {
      const staffId = ctx.staff.id;
      const { candidateId, judgement } = input;
      const held = await requireHeldRound(tx, ctx.staff, input);
      const { candidate } = await requireCandidate(tx, { held, staffId, candidateId });
      if (candidate.sealed === null) {
        throw new Refusal("not_sealed", "Seal a rating of this candidate first.");
      }
      // The seal is one of the ratings.
      if (candidate.ratings > MAX_AMENDMENTS) {
        throw new Refusal(
          "conflict",
          `This rating was amended ${MAX_AMENDMENTS} times, which is as often as it can be. The last one stands; go on to your decision.`,
        );
      }
      const viewed = (await viewedMs(tx, { held, staffId, candidateId })) ?? 0;
      // The minimum view was kept before the seal.
      const refusal = checkSeal(judgement, { viewedMs: viewed, minimumViewSeconds: 0 });
      if (refusal !== undefined) throw judgementRefusal(refusal);
      const key = await subjectKey(ctx.deps, tx, held.probeSubjectId);
      await insertRating(tx, {
        held,
        staffId,
        candidateId,
        seq: candidate.ratings,
        rating: judgement.rating,
        detail: await sealDetail(key, candidateId, judgement),
        viewing: await sealViewing(ctx.deps, tx, {
          candidateId,
          viewing: input.viewing,
          probeKey: key,
          candidateSubjectId: candidate.subjectId,
        }),
        viewedMs: viewed,
      });
      await record({
        kind: "judgement.amend",
        outcome: "allowed",
        case: held.caseId,
        subject: candidate.subjectId,
        candidate: candidateId,
        cycle: held.cycle,
        round: held.round,
        fence: held.fence,
        policy: held.policyVersion,
        rating: judgement.rating,
      });
      return { candidateId, amendments: candidate.ratings };
    }),
  );

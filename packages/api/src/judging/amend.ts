import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { amendOutput, sealInput } from "../schemas/judging.ts";
import { requireCandidate, requireHeldRound } from "./held-round.ts";
import { keepRating } from "./keep-rating.ts";

/** Amendments that one person may put beside one candidate's seal in one round. */
const MAX_AMENDMENTS = 50;

/** Puts a later rating beside the sealed one, which stays as it is. */
export const amend = procedure
  .meta({ permission: "case.judge", records: ["judgement.amend"] })
  .input(sealInput)
  .output(amendOutput)
  .mutation(({ ctx, input }) =>
    ctx.recorder.transaction(async (tx, record) => {
      const { deps, staff } = ctx;
      const { candidateId } = input;
      const held = await requireHeldRound(tx, staff, input);
      const { candidate } = await requireCandidate(tx, { held, staffId: staff.id, candidateId });
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
      await keepRating(
        { deps, tx, record, staff },
        {
          kind: "judgement.amend",
          held,
          candidate,
          seq: candidate.ratings,
          // It was kept before the seal.
          minimumViewSeconds: 0,
          input,
        },
      );
      return { candidateId, amendments: candidate.ratings };
    }),
  );

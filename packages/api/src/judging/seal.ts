import { recordInvolvement } from "@secondlook/db/judging/involvement";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { sealInput, sealOutput } from "../schemas/judging.ts";
import { requireCandidate, requireHeldRound, settingsOf } from "./held-round.ts";
import { keepRating } from "./keep-rating.ts";

/** Seals a rating of one candidate, once; nothing of the machine's has been sent before. */
export const seal = procedure
  .meta({ permission: "case.judge", records: ["judgement.seal"] })
  .input(sealInput)
  .output(sealOutput)
  .mutation(({ ctx, input }) =>
    ctx.recorder.transaction(async (tx, record) => {
      const { deps, staff } = ctx;
      const { candidateId } = input;
      const staffId = staff.id;
      const held = await requireHeldRound(tx, staff, input);
      const { candidate, candidates } = await requireCandidate(tx, { held, staffId, candidateId });
      if (candidate.sealed !== null) {
        throw new Refusal(
          "already_sealed",
          "This rating is sealed already. You can add an amendment beside it.",
        );
      }
      const { minimumViewSeconds } = await settingsOf(tx, held);
      await keepRating(
        { deps, tx, record, staff },
        { kind: "judgement.seal", held, candidate, seq: 0, minimumViewSeconds, input },
      );
      await recordInvolvement(tx, { held, staffId, how: "sealed" });
      const open = candidates.filter((each) => each.sealed === null).length;
      return { candidateId, remaining: open - 1 };
    }),
  );

import { recordInvolvement } from "@secondlook/db/judging/involvement";
import { insertRating } from "@secondlook/db/judging/ratings";
import { viewedMs } from "@secondlook/db/judging/viewing";
import { checkSeal } from "@secondlook/domain/judging/rating";
import { subjectKey } from "../core/subject-keys.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { sealInput, sealOutput } from "../schemas/judging.ts";
import { requireCandidate, requireHeldRound, settingsOf } from "./held-round.ts";
import { judgementRefusal, sealDetail } from "./judgement.ts";
import { sealViewing } from "./sealed-viewing.ts";

/** Seals a rating of one candidate, once; nothing of the machine's has been sent before. */
export const seal = procedure
  .meta({ permission: "case.judge", records: ["judgement.seal"] })
  .input(sealInput)
  .output(sealOutput)
  .mutation(({ ctx, input }) =>
    ctx.recorder.transaction(async (tx, record) => {
      const staffId = ctx.staff.id;
      const { candidateId, judgement } = input;
      const held = await requireHeldRound(tx, ctx.staff, input);
      const { candidate, candidates } = await requireCandidate(tx, { held, staffId, candidateId });
      if (candidate.sealed !== null) {
        throw new Refusal(
          "already_sealed",
          "This rating is sealed already. You can add an amendment beside it.",
        );
      }
      const { minimumViewSeconds } = await settingsOf(tx, held);
      const viewed = (await viewedMs(tx, { held, staffId, candidateId })) ?? 0;
      const refusal = checkSeal(judgement, { viewedMs: viewed, minimumViewSeconds });
      if (refusal !== undefined) throw judgementRefusal(refusal);
      const key = await subjectKey(ctx.deps, tx, held.probeSubjectId);
      await insertRating(tx, {
        held,
        staffId,
        candidateId,
        seq: 0,
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
      await recordInvolvement(tx, { held, staffId, how: "sealed" });
      await record({
        kind: "judgement.seal",
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
      const open = candidates.filter((each) => each.sealed === null).length;
      return { candidateId, remaining: open - 1 };
    }),
  );

import type { Database } from "@secondlook/db/database";
import { insertRating, type JudgedCandidate } from "@secondlook/db/judging/ratings";
import { viewedMs } from "@secondlook/db/judging/viewing";
import type { HeldRound } from "@secondlook/db/queue/lease";
import { checkSeal } from "@secondlook/domain/judging/rating";
import type { z } from "zod";
import type { Staff } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import type { RecordInTransaction } from "../core/recorder.ts";
import { subjectKey } from "../core/subject-keys.ts";
import type { sealInput } from "../schemas/judging.ts";
import { judgementRefusal, sealDetail } from "./judgement.ts";
import { sealViewing } from "./sealed-viewing.ts";

/**
 * Checks a judgement and keeps it as a rating of this candidate, with its event: the sealed one has
 * number 0, amendments follow. Throws Refusal `viewed_too_short` or `invalid_judgement`.
 */
export async function keepRating(
  by: {
    readonly deps: Deps;
    readonly tx: Database;
    readonly record: RecordInTransaction;
    readonly staff: Pick<Staff, "id">;
  },
  rating: {
    readonly kind: "judgement.seal" | "judgement.amend";
    readonly held: HeldRound;
    readonly candidate: JudgedCandidate;
    readonly seq: number;
    readonly minimumViewSeconds: number;
    readonly input: Pick<z.output<typeof sealInput>, "judgement" | "viewing">;
  },
): Promise<void> {
  const { deps, tx } = by;
  const { held, candidate, input } = rating;
  const { candidateId, subjectId } = candidate;
  const staffId = by.staff.id;
  const viewed = (await viewedMs(tx, { held, staffId, candidateId })) ?? 0;
  const view = { viewedMs: viewed, minimumViewSeconds: rating.minimumViewSeconds };
  const refusal = checkSeal(input.judgement, view);
  if (refusal !== undefined) throw judgementRefusal(refusal, view);
  const key = await subjectKey(deps, tx, held.probeSubjectId);
  await insertRating(tx, {
    held,
    staffId,
    candidateId,
    seq: rating.seq,
    rating: input.judgement.rating,
    detail: await sealDetail(key, candidateId, input.judgement),
    viewing: await sealViewing(deps, tx, {
      candidateId,
      viewing: input.viewing,
      probeKey: key,
      candidateSubjectId: subjectId,
    }),
    viewedMs: viewed,
  });
  await by.record({
    kind: rating.kind,
    outcome: "allowed",
    case: held.caseId,
    subject: subjectId,
    candidate: candidateId,
    cycle: held.cycle,
    round: held.round,
    fence: held.fence,
    policy: held.policyVersion,
    rating: input.judgement.rating,
  });
}

import type { Database } from "@secondlook/db/database";
import { findAttributes, sharedSignals, signalCounts } from "@secondlook/db/judging/attributes";
import { findLease } from "@secondlook/db/queue/lease";
import { type Attributes, attributesSchema } from "@secondlook/domain/ingest/case-payload";
import type { Deps } from "../core/deps.ts";
import { lostLease } from "../core/lost-lease.ts";
import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { procedure } from "../core/trpc.ts";
import { attributesInput, attributesOutput } from "../schemas/judging.ts";
import { requireCandidate, settingsOf } from "./held-round.ts";

/**
 * Names, attributes and shared signals of both sides, once this candidate is sealed. A mutation,
 * though nothing but the log changes: it is asked for by a person, never fetched ahead or retried.
 */
export const attributes = procedure
  .meta({ permission: "case.judge", records: ["field.reveal"] })
  .input(attributesInput)
  .output(attributesOutput)
  .mutation(async ({ ctx, input }) => {
    const { deps, staff } = ctx;
    const { caseId, fence, candidateId } = input;
    const claim = { caseId, fence, staffId: staff.id };
    const held = await findLease(deps.db, claim);
    if (held === undefined || held.kind !== "active") throw await lostLease(deps.db, claim);
    const { candidate } = await requireCandidate(deps.db, { held, staffId: staff.id, candidateId });
    const { attributesAfterSeal } = await settingsOf(deps.db, held);
    if (attributesAfterSeal && candidate.sealed === null) {
      throw new Refusal(
        "not_sealed",
        "Names and details open after your rating of this candidate is sealed.",
      );
    }
    const [probe, other] = await Promise.all([
      openAttributes(deps, deps.db, held.probeVerificationId),
      openAttributes(deps, deps.db, candidate.verificationId),
    ]);
    const shared = await sharedSignals(deps.db, candidateId);
    const counts = await signalCounts(deps.db, held.probeSubjectId);
    const place = {
      kind: "field.reveal",
      outcome: "allowed",
      case: held.caseId,
      cycle: held.cycle,
      round: held.round,
      fence: held.fence,
      purpose: { code: "review" },
    } as const;
    await ctx.recorder.read([
      { ...place, subject: held.probeSubjectId, fields: [...fieldsOf(probe), "signal_counts"] },
      {
        ...place,
        subject: candidate.subjectId,
        candidate: candidateId,
        fields: [...fieldsOf(other), "shared_signals"],
      },
    ]);
    return {
      candidateId,
      probe,
      candidate: other,
      sharedSignals: [...shared],
      signalCounts: counts,
    };
  });

async function openAttributes(
  deps: Pick<Deps, "vault">,
  db: Database,
  verificationId: string,
): Promise<Attributes> {
  const stored = await findAttributes(db, verificationId);
  if (stored === undefined) throw new Error("a verification of a case is missing");
  const key = await subjectKey(deps, db, stored.subjectId);
  const opened = await key.decryptJson(stored.attributes, {
    object: verificationId,
    purpose: "attributes",
  });
  return attributesSchema.parse(opened);
}

/** The names of the fields that are there, as the log's codes: `fullName` is `full_name`. */
function fieldsOf(attributesShown: Attributes): readonly string[] {
  return Object.keys(attributesShown).map((name) =>
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
}

import { findAttributes } from "@secondlook/db/judging/attributes";
import type { JudgedCandidate } from "@secondlook/db/judging/ratings";
import { findLease, type HeldRound } from "@secondlook/db/queue/lease";
import { type Attributes, attributesSchema } from "@secondlook/domain/ingest/case-payload";
import type { Context, Staff } from "../core/context.ts";
import { lostLease } from "../core/lost-lease.ts";
import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { type LeaseRef, requireCandidate, settingsOf } from "./held-round.ts";

/** The details of a pair, opened in memory: which of them may leave, the caller decides. */
export interface OpenDetails {
  readonly held: HeldRound;
  readonly candidate: JudgedCandidate;
  readonly probe: Attributes;
  readonly other: Attributes;
}

/**
 * Opens the attributes of probe and candidate for whoever holds the lease and has sealed the pair.
 * Throws Refusal `lease_lost`, `not_found` or `not_sealed`.
 */
export async function openDetails(
  ctx: Pick<Context, "deps"> & { readonly staff: Pick<Staff, "id"> },
  input: LeaseRef & { readonly candidateId: string },
): Promise<OpenDetails> {
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
    attributesOf(deps, held.probeVerificationId),
    attributesOf(deps, candidate.verificationId),
  ]);
  return { held, candidate, probe, other };
}

async function attributesOf(deps: Context["deps"], verificationId: string): Promise<Attributes> {
  const stored = await findAttributes(deps.db, verificationId);
  if (stored === undefined) throw new Error("a verification of a case is missing");
  const key = await subjectKey(deps, deps.db, stored.subjectId);
  const opened = await key.decryptJson(stored.attributes, {
    object: verificationId,
    purpose: "attributes",
  });
  return attributesSchema.parse(opened);
}

/** What the events of a view of details have in common. */
export function detailsPlace(held: HeldRound) {
  return {
    kind: "field.reveal",
    outcome: "allowed",
    case: held.caseId,
    cycle: held.cycle,
    round: held.round,
    fence: held.fence,
    purpose: { code: "review" },
  } as const;
}

/** A field's name as the log's code: `fullName` is `full_name`. */
export function codeOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

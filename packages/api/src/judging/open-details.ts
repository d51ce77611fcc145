import { findAttributes } from "@secondlook/db/judging/attributes";
import { type JudgedCandidate, judgedCandidates } from "@secondlook/db/judging/ratings";
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
  /** Undefined where the case shows none: then the probe stands alone. */
  readonly candidate: JudgedCandidate | undefined;
  readonly probe: Attributes;
  readonly other: Attributes;
}

/**
 * Opens the attributes of probe and candidate for whoever holds the lease and has sealed the pair;
 * without a candidate there is nothing to seal, and the probe's open by themselves.
 * Throws Refusal `lease_lost`, `not_found` or `not_sealed`.
 */
export async function openDetails(
  ctx: Pick<Context, "deps"> & { readonly staff: Pick<Staff, "id"> },
  input: LeaseRef & { readonly candidateId: string | null },
): Promise<OpenDetails> {
  const { deps, staff } = ctx;
  const { caseId, fence, candidateId } = input;
  const claim = { caseId, fence, staffId: staff.id };
  const held = await findLease(deps.db, claim);
  if (held === undefined || held.kind !== "active") throw await lostLease(deps.db, claim);
  const by = { held, staffId: staff.id };
  const { attributesAfterSeal } = await settingsOf(deps.db, held);
  if (candidateId === null) {
    const shown = await judgedCandidates(deps.db, by);
    if (attributesAfterSeal && shown.length > 0) throw notSealed();
    const probe = await attributesOf(deps, held.probeVerificationId);
    return { held, candidate: undefined, probe, other: {} };
  }
  const { candidate } = await requireCandidate(deps.db, { ...by, candidateId });
  if (attributesAfterSeal && candidate.sealed === null) throw notSealed();
  const [probe, other] = await Promise.all([
    attributesOf(deps, held.probeVerificationId),
    attributesOf(deps, candidate.verificationId),
  ]);
  return { held, candidate, probe, other };
}

function notSealed(): Refusal {
  return new Refusal(
    "not_sealed",
    "Names and details open after your rating of this candidate is sealed.",
  );
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

/** The same view, in the trail of the candidate's account, where there is one. */
export function candidateEvents<Event extends object>(
  candidate: JudgedCandidate | undefined,
  event: Event,
) {
  if (candidate === undefined) return [];
  return [{ ...event, subject: candidate.subjectId, candidate: candidate.candidateId }];
}

/** A field's name as the log's code: `fullName` is `full_name`. */
export function codeOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

import type { Database } from "@secondlook/db/database";
import { policyVersion } from "@secondlook/db/policy/current-policy";
import { type HeldRound, requireActiveLease } from "@secondlook/db/queue/lease";
import { type JudgedCandidate, judgedCandidates } from "@secondlook/db/judging/ratings";
import { type PolicySettings, settingsFor } from "@secondlook/domain/policy/policy";
import type { Staff } from "../core/context.ts";
import { lostLease } from "../core/lost-lease.ts";
import { Refusal } from "../core/refusal.ts";

/** Which lease a write shows. */
export interface LeaseRef {
  readonly caseId: string;
  readonly fence: number;
}

/** Locks the round that this person works on. Throws Refusal `lease_lost`. */
export async function requireHeldRound(
  tx: Database,
  staff: Pick<Staff, "id">,
  lease: LeaseRef,
): Promise<HeldRound> {
  const { caseId, fence } = lease;
  const claim = { caseId, fence, staffId: staff.id };
  const held = await requireActiveLease(tx, claim);
  if (held === undefined) throw await lostLease(tx, claim);
  return held;
}

/** The rules that the case's cycle was pinned to, for its region. */
export async function settingsOf(
  db: Database,
  held: Pick<HeldRound, "policyVersion" | "region">,
): Promise<PolicySettings> {
  const policy = await policyVersion(db, held.policyVersion);
  if (policy === undefined) throw new Error(`policy ${held.policyVersion} is pinned but missing`);
  return settingsFor(policy.document, held.region);
}

/** All shown candidates with this person's ratings, and the one asked for. Throws `not_found`. */
export async function requireCandidate(
  db: Database,
  by: { readonly held: HeldRound; readonly staffId: string; readonly candidateId: string },
): Promise<{ candidate: JudgedCandidate; candidates: readonly JudgedCandidate[] }> {
  const candidates = await judgedCandidates(db, by);
  const candidate = candidates.find((each) => each.candidateId === by.candidateId);
  if (candidate === undefined) {
    throw new Refusal("not_found", "This candidate is not among those that the case shows.");
  }
  return { candidate, candidates };
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { RATINGS } from "@secondlook/domain/judging/rating";
import { column, type Database, idColumn, rowOf, rowsOf } from "../database.ts";
import { viewedByCandidate } from "../judging/viewing.ts";
import { findLease, type HeldRound, type LeaseClaim } from "./lease.ts";
import { type EvidenceItem, loadCaseEvidence } from "./work-evidence.ts";

const ratingRow = z.object({
  candidate_id: idColumn("candidate"),
  rating: z.literal(RATINGS),
  detail: column.bytes,
});

const formRow = z.object({
  due_at: column.instant,
  revealed: z.boolean(),
  draft: column.bytes.nullable(),
  earlier_draft: column.bytes.nullable(),
});

/** One of the reviewer's own ratings; what it was made of is encrypted under the probe's key. */
export interface StoredRating {
  readonly rating: (typeof RATINGS)[number];
  readonly detail: Uint8Array;
}

export interface StoredWorkCandidate {
  readonly candidateId: `cnd_${string}`;
  readonly evidence: readonly EvidenceItem[];
  /** The seal first, then the amendments beside it. */
  readonly ratings: readonly StoredRating[];
  readonly viewedMs: number;
}

/** What a reviewer is given of a case: nothing of the machine's, of other rounds or other people. */
export interface StoredWorkCase {
  readonly held: HeldRound;
  /** The case's, not the round's, which could tell the stage. */
  readonly dueAt: Date;
  readonly probe: readonly EvidenceItem[];
  /** In the pinned order, which tells nothing. */
  readonly candidates: readonly StoredWorkCandidate[];
  readonly revealed: boolean;
  /** Encrypted under the probe's key. */
  readonly draft: Uint8Array | null;
  /** What they wrote in a round that upstream ended, for as long as they wrote nothing in this one. */
  readonly earlierDraft: Uint8Array | null;
}

/** A case for the holder of this lease, active or reserved; undefined where the lease is lost. */
export async function loadWorkCase(
  db: Database,
  by: LeaseClaim,
): Promise<StoredWorkCase | undefined> {
  const held = await findLease(db, by);
  if (held === undefined) return undefined;
  const sides = await loadCaseEvidence(db, held);
  const own = sql`o.case_id = ${held.caseId} and o.cycle = ${held.cycle} and o.round = ${held.round}
    and o.staff_id = ${by.staffId}`;
  const ratings = await rowsOf(
    db,
    ratingRow,
    sql`select o.candidate_id, o.rating, o.detail from app.rating o where ${own} order by o.candidate_id, o.seq`,
  );
  const viewed = await viewedByCandidate(db, { held, staffId: by.staffId });
  const form = await rowOf(
    db,
    formRow,
    sql`select c.due_at, exists (select from app.reveal o where ${own}) as revealed,
               (select o.content from app.draft o where ${own}) as draft,
               (select o.content from app.draft o
                where o.case_id = ${held.caseId} and o.cycle < ${held.cycle} and o.staff_id = ${by.staffId}
                order by o.saved_at desc limit 1) as earlier_draft
        from app.review_case c where c.id = ${held.caseId}`,
  );
  if (form === undefined) return undefined;
  return {
    held,
    dueAt: form.due_at,
    probe: sides.probe,
    candidates: sides.candidates.map((side) => ({
      ...side,
      ratings: ratings
        .filter((row) => row.candidate_id === side.candidateId)
        .map(({ rating, detail }) => ({ rating, detail })),
      viewedMs: viewed.get(side.candidateId) ?? 0,
    })),
    revealed: form.revealed,
    draft: form.draft,
    earlierDraft: form.draft === null ? form.earlier_draft : null,
  };
}

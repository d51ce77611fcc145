import { sql } from "drizzle-orm";
import { z } from "zod";
import { RATINGS } from "@secondlook/domain/judging/rating";
import { column, type Database, idColumn, rowsOf, run } from "../database.ts";
import type { HeldRound } from "../queue/lease.ts";

const ratingColumn = z.int().transform((value, context) => {
  const rating = RATINGS.find((each) => each === value);
  if (rating !== undefined) return rating;
  context.addIssue({ code: "custom", message: "not a rating" });
  return z.NEVER;
});

const judgedRow = z
  .object({
    candidate_id: idColumn("candidate"),
    subject_id: idColumn("subject"),
    verification_id: idColumn("verification"),
    sealed: ratingColumn.nullable(),
    latest: ratingColumn.nullable(),
    ratings: column.count,
  })
  .transform((row) => ({
    candidateId: row.candidate_id,
    subjectId: row.subject_id,
    verificationId: row.verification_id,
    /** The sealed rating; null before the seal. */
    sealed: row.sealed,
    /** The last amendment, else the sealed rating. */
    latest: row.latest,
    /** The seal and its amendments. */
    ratings: row.ratings,
  }));

/** A candidate that the cycle shows, with one person's own ratings of it in one round. */
export type JudgedCandidate = z.output<typeof judgedRow>;

/** Every candidate that the cycle shows, in the order in which it is shown. */
export async function judgedCandidates(
  db: Database,
  by: {
    readonly held: Pick<HeldRound, "caseId" | "cycle" | "round">;
    readonly staffId: string;
  },
): Promise<readonly JudgedCandidate[]> {
  return rowsOf(
    db,
    judgedRow,
    sql`select s.candidate_id, k.subject_id, s.verification_id, count(g.seq) as ratings,
               min(g.rating) filter (where g.seq = 0) as sealed,
               (array_agg(g.rating order by g.seq desc) filter (where g.seq is not null))[1] as latest
        from app.shown_candidate s
        join app.candidate k on k.id = s.candidate_id
        left join app.rating g on g.case_id = s.case_id and g.cycle = s.cycle and g.round = ${by.held.round}
          and g.staff_id = ${by.staffId} and g.candidate_id = s.candidate_id
        where s.case_id = ${by.held.caseId} and s.cycle = ${by.held.cycle}
        group by s.candidate_id, s.place, k.subject_id, s.verification_id
        order by s.place`,
  );
}

/** How the pair was looked at, each side encrypted under its own subject's key. */
export interface SealedViewing {
  readonly probe: Uint8Array;
  /** Null where the candidate had nothing to show. */
  readonly candidate: Uint8Array | null;
}

/** A rating as it is kept: `seq` 0 is the seal, the others are amendments beside it. */
export interface NewRating {
  readonly held: Pick<HeldRound, "caseId" | "cycle" | "round">;
  readonly staffId: string;
  readonly candidateId: string;
  readonly seq: number;
  readonly rating: number;
  /** Components and what is missing, encrypted under the probe's key. */
  readonly detail: Uint8Array;
  readonly viewing: SealedViewing | null;
  readonly viewedMs: number;
}

/** Adds a rating. One that has this number already makes the statement fail (23505). */
export async function insertRating(tx: Database, row: NewRating): Promise<void> {
  await run(
    tx,
    sql`insert into app.rating (case_id, cycle, round, staff_id, candidate_id, seq, rating, detail,
                                probe_viewing, candidate_viewing, viewed_ms)
        values (${row.held.caseId}, ${row.held.cycle}, ${row.held.round}, ${row.staffId}, ${row.candidateId},
                ${row.seq}, ${row.rating}, ${row.detail},
                ${row.viewing?.probe ?? null}, ${row.viewing?.candidate ?? null}, ${row.viewedMs})`,
  );
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { column, type Database, idColumn, rowOf, rowsOf, run } from "../database.ts";

const settledRow = z
  .object({
    subject_id: idColumn("subject"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    fence: column.count,
    decision_id: idColumn("decision"),
    policy_version: z.int(),
  })
  .transform((row) => ({
    probeSubjectId: row.subject_id,
    cycle: row.cycle,
    round: row.round,
    fence: row.fence,
    decisionId: row.decision_id,
    policyVersion: row.policy_version,
  }));

/** The round whose decision a settled case rests on. */
export type SettledRound = z.output<typeof settledRow>;

/** The round that settled a case; undefined where it is not settled. */
export async function settledRound(
  db: Database,
  caseId: string,
): Promise<SettledRound | undefined> {
  return rowOf(
    db,
    settledRow,
    sql`select v.subject_id, d.cycle, d.round, d.fence, d.id as decision_id, d.policy_version
        from app.review_case c join app.verification v on v.id = c.probe_id
        join app.decision d on d.case_id = c.id and d.cycle = c.cycle and d.is_final and d.undone_at is null
        where c.id = ${caseId} and c.stage = 'settled' and c.settles_at <= app.now()
          and d.undo_until <= app.now()
        order by d.undo_until desc limit 1`,
  );
}

const shownRow = z
  .object({ candidate_id: idColumn("candidate"), subject_id: idColumn("subject") })
  .transform((row) => ({ candidateId: row.candidate_id, subjectId: row.subject_id }));

export type ShownCandidate = z.output<typeof shownRow>;

/** The candidates that a cycle showed, in that order. */
export async function shownCandidates(
  db: Database,
  of: { readonly caseId: string; readonly cycle: number },
): Promise<readonly ShownCandidate[]> {
  return rowsOf(
    db,
    shownRow,
    sql`select s.candidate_id, k.subject_id from app.shown_candidate s join app.candidate k on k.id = s.candidate_id
        where s.case_id = ${of.caseId} and s.cycle = ${of.cycle} order by s.place`,
  );
}

/**
 * Opens what the machine had said of a settled case to this person, and tells nothing yet: call
 * `readScores` once this transaction has committed. The database checks that the case is settled,
 * appends the event itself and remembers who saw it. Fails with SQLSTATE SL005 (not settled).
 */
export async function recordSettledReveal(
  tx: Database,
  by: { readonly caseId: string; readonly staffId: string; readonly leaf: Uint8Array },
): Promise<void> {
  await run(tx, sql`select sealed.reveal_settled(${by.caseId}, ${by.staffId}, ${by.leaf})`);
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { FINDINGS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";
import { column, type Database, idColumn, rowOf, rowsOf, run } from "../database.ts";

const settlingRow = z
  .object({
    id: idColumn("decision"),
    case_id: idColumn("case"),
    subject_id: idColumn("subject"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    outcome: z.enum(OUTCOMES),
    reasons: z.array(z.enum(REASON_CODES)),
    policy_version: z.int(),
    is_final: z.boolean(),
    undo_until: column.instant,
    undone: z.boolean(),
    settled: z.boolean(),
    over: z.boolean(),
  })
  .transform((row) => ({
    id: row.id,
    caseId: row.case_id,
    subjectId: row.subject_id,
    cycle: row.cycle,
    round: row.round,
    outcome: row.outcome,
    reasons: row.reasons,
    policyVersion: row.policy_version,
    isFinal: row.is_final,
    undoUntil: row.undo_until,
    undone: row.undone,
    settled: row.settled,
    /** Whether the undo window has ended. */
    over: row.over,
  }));

export type SettlingDecision = z.output<typeof settlingRow>;

/** Locks a decision until the transaction ends, so that an undo and its settling can't both happen. */
export async function lockDecision(
  tx: Database,
  decisionId: string,
): Promise<SettlingDecision | undefined> {
  return rowOf(
    tx,
    settlingRow,
    sql`select d.id, d.case_id, v.subject_id, d.cycle, d.round, d.outcome, d.reasons, d.policy_version, d.is_final,
               d.undo_until, d.undone_at is not null as undone, d.settled_at is not null as settled,
               d.undo_until <= app.now() as over
        from app.decision d join app.review_case c on c.id = d.case_id join app.verification v on v.id = c.probe_id
        where d.id = ${decisionId} for no key update of d`,
  );
}

const findingRow = z
  .object({ candidate_id: idColumn("candidate"), finding: z.enum(FINDINGS) })
  .transform((row) => ({ candidate: row.candidate_id, finding: row.finding }));

/** A decision's findings, in the order in which the candidates were shown. */
export async function decisionFindings(
  db: Database,
  decisionId: string,
): Promise<readonly z.output<typeof findingRow>[]> {
  return rowsOf(
    db,
    findingRow,
    sql`select f.candidate_id, f.finding from app.finding f
        join app.decision d on d.id = f.decision_id
        left join app.shown_candidate s on s.case_id = d.case_id and s.cycle = d.cycle and s.candidate_id = f.candidate_id
        where f.decision_id = ${decisionId} order by s.place, f.candidate_id`,
  );
}

/** Marks a decision as settled, and as effective where it is its cycle's last. Its drafts go. */
export async function markSettled(tx: Database, decision: SettlingDecision): Promise<void> {
  await run(
    tx,
    sql`update app.decision set settled_at = app.now(), effective_at = case when is_final then undo_until end
        where id = ${decision.id} and settled_at is null and undone_at is null`,
  );
  await run(
    tx,
    sql`delete from app.draft
        where case_id = ${decision.caseId}
          and ((cycle = ${decision.cycle} and round = ${decision.round})
               -- Of rounds that upstream ended, once nobody can come back to them.
               or (cycle < ${decision.cycle} and ${decision.isFinal}::boolean))`,
  );
}

/** Decisions whose window is over and that nobody has settled, oldest first. */
export async function unsettledDecisions(db: Database, limit: number): Promise<readonly string[]> {
  const rows = await rowsOf(
    db,
    z.object({ id: idColumn("decision") }),
    sql`select id from app.decision
        where undone_at is null and settled_at is null and undo_until <= app.now()
        order by undo_until limit ${limit}`,
  );
  return rows.map((row) => row.id);
}

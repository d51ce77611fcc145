import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { column, type Database, idColumn, rowOf, rowsOf } from "../database.ts";

const ownRow = z
  .object({
    id: idColumn("decision"),
    case_id: idColumn("case"),
    external_id: z.string(),
    subject_id: idColumn("subject"),
    outcome: z.enum(OUTCOMES),
    decided_at: column.instant,
    final: z.boolean(),
    reported: z.boolean(),
  })
  .transform((row) => ({
    id: row.id,
    caseId: row.case_id,
    externalId: row.external_id,
    probeSubjectId: row.subject_id,
    outcome: row.outcome,
    decidedAt: row.decided_at,
    /** It can't be undone any more. */
    final: row.final,
    reported: row.reported,
  }));

/** A person's newest decisions that stand, the last one first. */
export async function ownDecisions(
  db: Database,
  of: { readonly staffId: string; readonly limit: number },
): Promise<readonly z.output<typeof ownRow>[]> {
  return rowsOf(
    db,
    ownRow,
    sql`select d.id, d.case_id, c.external_id, v.subject_id, d.outcome, d.decided_at,
               d.undo_until <= app.now() as final, m.decision_id is not null as reported
        from app.decision d join app.review_case c on c.id = d.case_id
        join app.verification v on v.id = c.probe_id left join app.mistake m on m.decision_id = d.id
        where d.staff_id = ${of.staffId} and d.undone_at is null
        order by d.decided_at desc, d.id limit ${of.limit}`,
  );
}

const undoableRow = z
  .object({
    id: idColumn("decision"),
    case_id: idColumn("case"),
    outcome: z.enum(OUTCOMES),
    undo_until: column.instant,
  })
  .transform((row) => ({
    id: row.id,
    caseId: row.case_id,
    outcome: row.outcome,
    undoUntil: row.undo_until,
  }));

/** A person's newest decision, if it can still be undone. */
export async function undoableDecision(
  db: Database,
  staffId: string,
): Promise<z.output<typeof undoableRow> | undefined> {
  return rowOf(
    db,
    undoableRow,
    sql`select d.id, d.case_id, d.outcome, d.undo_until from app.decision d
        where d.staff_id = ${staffId} and d.undone_at is null and d.undo_until > app.now()
        order by d.decided_at desc, d.id limit 1`,
  );
}

const reportableRow = z
  .object({
    case_id: idColumn("case"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    policy_version: z.int(),
    subject_id: idColumn("subject"),
    final: z.boolean(),
    undone: z.boolean(),
  })
  .transform((row) => ({
    caseId: row.case_id,
    cycle: row.cycle,
    round: row.round,
    policyVersion: row.policy_version,
    probeSubjectId: row.subject_id,
    final: row.final,
    undone: row.undone,
  }));

/** A person's own decision, as a report of a mistake needs it. */
export async function findOwnDecision(
  tx: Database,
  by: { readonly decisionId: string; readonly staffId: string },
): Promise<z.output<typeof reportableRow> | undefined> {
  return rowOf(
    tx,
    reportableRow,
    sql`select d.case_id, d.cycle, d.round, d.policy_version, v.subject_id,
               d.undo_until <= app.now() as final, d.undone_at is not null as undone
        from app.decision d join app.review_case c on c.id = d.case_id join app.verification v on v.id = c.probe_id
        where d.id = ${by.decisionId} and d.staff_id = ${by.staffId} for share of d`,
  );
}

/** Keeps the report; false where there is one already. */
export async function insertMistake(
  tx: Database,
  mistake: { readonly decisionId: string; readonly note: Uint8Array },
): Promise<boolean> {
  const row = await rowOf(
    tx,
    z.object({ decision_id: z.string() }),
    sql`insert into app.mistake (decision_id, note) values (${mistake.decisionId}, ${mistake.note})
        on conflict do nothing returning decision_id`,
  );
  return row !== undefined;
}

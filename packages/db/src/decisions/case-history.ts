import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Round, ROUNDS, STAGES } from "@secondlook/domain/cases/stage";
import type { CaseState } from "@secondlook/domain/cases/transition";
import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { column, type Database, idColumn, rowOf, rowsOf } from "../database.ts";

const caseRow = z
  .object({
    stage: z.enum(STAGES),
    cycle: z.int(),
    due: z.enum(ROUNDS).nullable(),
    upstream_cycle: z.int(),
  })
  .transform((row) => ({
    stage: row.stage,
    cycle: row.cycle,
    due: row.due,
    upstreamCycle: row.upstream_cycle,
  }));

const decisionRow = z
  .object({
    id: idColumn("decision"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    staff_id: idColumn("actor"),
    outcome: z.enum(OUTCOMES),
    undo_until: column.instant,
    is_final: z.boolean(),
    same: z.array(z.string()),
    newly_exempt: z.array(z.string()),
  })
  .transform((row) => ({
    id: row.id,
    cycle: row.cycle,
    round: row.round,
    by: row.staff_id,
    outcome: row.outcome,
    undoUntil: row.undo_until.getTime(),
    isFinal: row.is_final,
    same: new Set(row.same),
    newlyExempt: new Set(row.newly_exempt),
  }));

/**
 * Locks the case until the transaction ends, and reads it as the rules of `domain/cases/transition`
 * take it. Rounds are locked before their case, here as in the claim, so that no two wait crosswise.
 */
export async function lockCase(tx: Database, caseId: string): Promise<CaseState | undefined> {
  const found = await rowOf(
    tx,
    z.object({ id: z.string() }),
    sql`select id from app.review_case where id = ${caseId} for no key update`,
  );
  if (found === undefined) return undefined;
  // Read after the lock: the statement that waited for it may have begun before the last change.
  const row = await rowOf(
    tx,
    caseRow,
    sql`select c.stage, c.cycle, r.round as due,
               coalesce((select max(u.cycle) from app.case_update u where u.case_id = c.id), 0) as upstream_cycle
        from app.review_case c
        left join app.round r on r.case_id = c.id and r.state = 'open' where c.id = ${caseId}`,
  );
  return row === undefined ? undefined : { ...row, decisions: await standing(tx, caseId) };
}

async function standing(db: Database, caseId: string): Promise<CaseState["decisions"]> {
  const rounds = sql.join(
    ROUNDS.map((round: Round) => sql`${round}`),
    sql`, `,
  );
  return rowsOf(
    db,
    decisionRow,
    sql`select d.id, d.cycle, d.round, d.staff_id, d.outcome, d.undo_until, d.is_final,
          array(select f.candidate_id from app.finding f where f.decision_id = d.id and f.finding = 'same') as same,
          array(select k.id from app.exemption e join app.exemption_account a on a.exemption_id = e.id
                join app.candidate k on k.case_id = d.case_id and k.subject_id = a.subject_id
                where e.decision_id = d.id) as newly_exempt
        from app.decision d where d.case_id = ${caseId} and d.undone_at is null
        order by d.cycle, array_position(array[${rounds}]::text[], d.round)`,
  );
}

/**
 * The time of the rules, to the millisecond, as a deadline is written with. Read it after the locks
 * are taken: a transaction may have waited for them.
 */
export async function currentTime(db: Database): Promise<Date> {
  const row = await rowOf(db, z.object({ now: column.instant }), sql`select app.now() as now`);
  if (row === undefined) throw new Error("the database told no time");
  return row.now;
}

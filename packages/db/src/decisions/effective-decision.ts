import { sql } from "drizzle-orm";
import { z } from "zod";
import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";
import { column, type Database, idColumn, rowOf } from "../database.ts";

const effectiveRow = z
  .object({
    id: idColumn("decision"),
    cycle: z.int(),
    outcome: z.enum(OUTCOMES),
    reasons: z.array(z.enum(REASON_CODES)),
    policy_version: z.int(),
    decided_at: column.instant,
    undo_until: column.instant,
  })
  .transform((row) => ({
    id: row.id,
    cycle: row.cycle,
    outcome: row.outcome,
    reasons: row.reasons,
    policyVersion: row.policy_version,
    decidedAt: row.decided_at,
    effectiveAt: row.undo_until,
  }));

export type EffectiveDecision = z.output<typeof effectiveRow>;

/**
 * The decision that holds for a case: the newest final one that can't be undone any more. It rests
 * on the undo window alone, never on whether a job has run. An undo that began in time holds its
 * decision locked, so this waits for it rather than call effective what is being taken back.
 */
export async function effectiveDecision(
  db: Database,
  caseId: string,
): Promise<EffectiveDecision | undefined> {
  return rowOf(
    db,
    effectiveRow,
    sql`select id, cycle, outcome, reasons, policy_version, decided_at, undo_until from app.decision
        where case_id = ${caseId} and is_final and undone_at is null and undo_until <= app.now()
        order by cycle desc, undo_until desc limit 1 for share`,
  );
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Finding, Outcome } from "@secondlook/domain/decisions/outcome";
import type { Id } from "@secondlook/domain/ids";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { column, type Database, idColumn, rowOf } from "../database.ts";

const sameRow = z
  .object({
    id: idColumn("decision"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    undo_until: column.instant,
  })
  .transform((row) => ({
    id: row.id,
    cycle: row.cycle,
    round: row.round,
    undoUntil: row.undo_until,
  }));

export type SameDecision = z.output<typeof sameRow>;

/**
 * The standing decision that this person made under this very fencing number with this outcome and
 * these findings: the one whose answer got lost on the way, when it is sent again.
 */
export async function findSameDecision(
  db: Database,
  by: {
    readonly caseId: Id<"case">;
    readonly staffId: string;
    readonly fence: number;
    readonly outcome: Outcome;
    readonly findings: readonly { readonly candidateId: string; readonly finding: Finding }[];
  },
): Promise<SameDecision | undefined> {
  const findings = JSON.stringify(
    by.findings.map(({ candidateId, finding }) => ({ candidate_id: candidateId, finding })),
  );
  return rowOf(
    db,
    sameRow,
    sql`with sent as (
          select candidate_id, finding
          from json_to_recordset(${findings}::json) as given (candidate_id text, finding text)),
        kept as (
          select d.id, d.cycle, d.round, d.undo_until from app.decision d
          where d.case_id = ${by.caseId} and d.staff_id = ${by.staffId} and d.fence = ${by.fence}
            and d.outcome = ${by.outcome} and d.undone_at is null)
        select k.* from kept k
        where not exists (
          (select candidate_id, finding from app.finding f where f.decision_id = k.id except select * from sent)
          union all
          (select * from sent except select candidate_id, finding from app.finding f where f.decision_id = k.id))`,
  );
}

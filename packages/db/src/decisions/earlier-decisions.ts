import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { FINDINGS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";
import { column, type Database, idColumn, rowsOf } from "../database.ts";

const earlierRow = z.object({
  id: idColumn("decision"),
  round: z.enum(ROUNDS),
  outcome: z.enum(OUTCOMES),
  reasons: z.array(z.enum(REASON_CODES)),
  rationale: column.bytes.nullable(),
  question: column.bytes.nullable(),
  findings: z.array(z.object({ candidateId: idColumn("candidate"), finding: z.enum(FINDINGS) })),
});

/** A standing decision of this cycle; its texts are encrypted under the probe's key. */
export type EarlierDecision = z.output<typeof earlierRow>;

/** The standing decisions of a cycle, first round first. Who may see which, the domain says. */
export async function earlierDecisions(
  db: Database,
  of: { readonly caseId: string; readonly cycle: number },
): Promise<readonly EarlierDecision[]> {
  const rounds = sql.join(
    ROUNDS.map((round) => sql`${round}`),
    sql`, `,
  );
  return rowsOf(
    db,
    earlierRow,
    sql`select d.id, d.round, d.outcome, d.reasons, d.rationale, q.text as question,
          coalesce((select json_agg(json_build_object('candidateId', f.candidate_id, 'finding', f.finding) order by s.place)
            from app.finding f join app.shown_candidate s on s.candidate_id = f.candidate_id and s.case_id = d.case_id and s.cycle = d.cycle
            where f.decision_id = d.id), '[]') as findings
        from app.decision d
        left join app.question q on q.case_id = d.case_id and q.cycle = d.cycle and q.round = d.round and q.staff_id = d.staff_id
        where d.case_id = ${of.caseId} and d.cycle = ${of.cycle} and d.undone_at is null
        order by array_position(array[${rounds}]::text[], d.round)`,
  );
}

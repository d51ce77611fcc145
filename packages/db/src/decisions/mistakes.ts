import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, idColumn, rowsOf } from "../database.ts";
import type { Claimer } from "../queue/claimer.ts";
import { routeFits, scopeOf } from "../queue/eligibility.ts";

const mistakeRow = z
  .object({
    decision_id: idColumn("decision"),
    case_id: idColumn("case"),
    external_id: z.string(),
    subject_id: idColumn("subject"),
    region: z.string(),
    display_name: z.string(),
    decided_at: column.instant,
    reported_at: column.instant,
  })
  .transform((row) => ({
    decisionId: row.decision_id,
    caseId: row.case_id,
    externalId: row.external_id,
    probeSubjectId: row.subject_id,
    region: row.region,
    displayName: row.display_name,
    decidedAt: row.decided_at,
    reportedAt: row.reported_at,
  }));

/**
 * Decisions that their authors reported as mistakes, the newest first. A case that the asker may
 * still judge is left out: that somebody decided it would tell its stage.
 */
export async function reportedMistakes(
  db: Database,
  of: { readonly asker: Claimer; readonly limit: number },
): Promise<readonly z.output<typeof mistakeRow>[]> {
  const { asker } = of;
  return rowsOf(
    db,
    mistakeRow,
    sql`select m.decision_id, d.case_id, c.external_id, v.subject_id, c.region, p.display_name, d.decided_at, m.at as reported_at
        from app.mistake m join app.decision d on d.id = m.decision_id join app.review_case c on c.id = d.case_id
        join app.verification v on v.id = c.probe_id join app.staff p on p.id = d.staff_id
        where not ${routeFits(sql`c`, scopeOf(asker))}
           or exists (select from app.involvement i where i.case_id = c.id and i.staff_id = ${asker.id})
           or (c.stage in ('settled', 'withdrawn', 'lapsed') and coalesce(c.settles_at <= app.now(), true))
        order by m.at desc, m.decision_id limit ${of.limit}`,
  );
}

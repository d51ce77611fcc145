import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { column, type Database, idColumn, rowOf, rowsOf } from "../database.ts";
import type { Claimer } from "./claimer.ts";
import { notInvolved, notSkipped, rankRoles, routeFits } from "./eligibility.ts";
import { nothingToHide, ofRegion } from "./listed.ts";

const questionRow = z
  .object({
    decision_id: idColumn("decision"),
    case_id: idColumn("case"),
    subject_id: idColumn("subject"),
    region: z.string(),
    asked_by: z.string(),
    asked_at: column.instant,
    due_at: column.instant,
    holder_name: z.string().nullable(),
    left_over: column.count,
  })
  .transform((row) => ({
    decisionId: row.decision_id,
    caseId: row.case_id,
    probeSubjectId: row.subject_id,
    region: row.region,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    dueAt: row.due_at,
    /** The lead who has the case before them now. */
    holderName: row.holder_name,
    /** Leads who may still be given it. */
    left: row.left_over,
  }));

/** The question `q` of the decision `d` waits in the open round `r` of the case `c`. */
const WAITING = sql`app.question q
  join app.decision d on d.case_id = q.case_id and d.cycle = q.cycle and d.round = q.round and d.staff_id = q.staff_id
    and d.undone_at is null and d.undo_until <= app.now()
  join app.review_case c on c.id = q.case_id and c.cycle = q.cycle
  join app.round r on r.case_id = q.case_id and r.cycle = q.cycle and r.state = 'open' and r.stage_rank = 0
  join app.verification v on v.id = c.probe_id`;

/**
 * Questions that wait for a lead's answer, the oldest first; only of cases of which nothing has to be
 * kept from the asker. Whoever may still give the answer learns of the question by the reveal.
 */
export async function waitingQuestions(
  db: Database,
  of: { readonly asker: Claimer; readonly region: string | null; readonly limit: number },
): Promise<readonly z.output<typeof questionRow>[]> {
  const columns = { regions: sql`p.regions`, languages: sql`p.languages`, skills: sql`p.skills` };
  return rowsOf(
    db,
    questionRow,
    sql`select d.id as decision_id, c.id as case_id, v.subject_id, c.region, a.display_name as asked_by, q.at as asked_at, c.due_at,
               (select h.display_name from app.staff h where h.id = r.holder
                  and r.lease_kind = 'active' and r.claimable_at > app.now()) as holder_name,
               (select count(*) from app.staff p join (values ${rankRoles()}) as k (rank, role) on k.role = p.role and k.rank = r.stage_rank
                where p.disabled_at is null and ${routeFits(sql`c`, columns)} and ${notInvolved(sql`r`, sql`p.id`)}
                  and ${notSkipped(sql`r`, sql`p.id`, sql`'99999-01-01'::timestamptz`)}) as left_over
        from ${WAITING} join app.staff a on a.id = q.staff_id
        where ${nothingToHide(of.asker)} and ${ofRegion(of.region)}
        order by q.at, d.id limit ${of.limit}`,
  );
}

/** How many there are. */
export async function countQuestions(
  db: Database,
  of: { readonly asker: Claimer; readonly region: string | null },
): Promise<number> {
  return counted(db, sql`${WAITING} where ${nothingToHide(of.asker)} and ${ofRegion(of.region)}`);
}

async function counted(db: Database, from: SQL): Promise<number> {
  const row = await rowOf(
    db,
    z.object({ found: column.count }),
    sql`select count(*) as found from ${from}`,
  );
  return row?.found ?? 0;
}

const sealedRow = z
  .object({
    case_id: idColumn("case"),
    subject_id: idColumn("subject"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    text: column.bytes,
  })
  .transform((row) => ({
    caseId: row.case_id,
    probeSubjectId: row.subject_id,
    cycle: row.cycle,
    round: row.round,
    text: row.text,
  }));

/** One of them with its text, encrypted under the probe's key. */
export async function findWaitingQuestion(
  tx: Database,
  by: { readonly decisionId: string; readonly asker: Claimer },
): Promise<z.output<typeof sealedRow> | undefined> {
  return rowOf(
    tx,
    sealedRow,
    sql`select c.id as case_id, v.subject_id, q.cycle, q.round, q.text
        from ${WAITING} where d.id = ${by.decisionId} and ${nothingToHide(by.asker)}`,
  );
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { PRIORITIES, type Priority } from "@secondlook/domain/ingest/case-payload";
import { dueAfter } from "@secondlook/domain/queue/route";
import { column, type Database, idColumn, rowOf, run } from "../database.ts";

const minutes = z.int();
const caseRow = z
  .object({
    priority: z.int(),
    due_at: column.instant,
    subject_id: idColumn("subject"),
    waits: z.boolean(),
    sla: z.object({ urgent: minutes, high: minutes, normal: minutes, low: minutes }),
  })
  .transform((row) => ({
    priority: PRIORITIES[row.priority],
    dueAt: row.due_at,
    probeSubjectId: row.subject_id,
    /** It is on the leads' list: open, or decided so lately that this can be undone. */
    waits: row.waits,
    slaMinutes: row.sla,
  }));

/**
 * Gives a case another priority, and its due time with it, and tells the probe's account. Undefined
 * where it has not the priority that was expected, or where nothing of it waits any more.
 */
export async function changePriority(
  tx: Database,
  of: { readonly caseId: string; readonly expected: Priority; readonly to: Priority },
): Promise<`sub_${string}` | undefined> {
  // The round first, as every other command locks them.
  await run(
    tx,
    sql`select from app.round r where r.case_id = ${of.caseId} and r.state = 'open' for no key update`,
  );
  const found = await rowOf(
    tx,
    caseRow,
    sql`select c.priority, c.due_at, v.subject_id,
               exists (select from app.round r where r.case_id = c.id and r.state = 'open')
               or exists (select from app.decision d where d.case_id = c.id and d.undone_at is null
                            and d.settled_at is null and d.undo_until > app.now()) as waits,
               -- By the policy that first said when it is due: the pinned one would tell of a claim.
               app.policy_setting((
                 select p.version from app.policy p where p.starts_at <= c.received_at order by p.version desc limit 1),
                 c.region, 'slaMinutes') as sla
        from app.review_case c join app.verification v on v.id = c.probe_id
        where c.id = ${of.caseId} for no key update of c`,
  );
  if (found === undefined || !found.waits || found.priority !== of.expected) return undefined;
  const change = { from: of.expected, to: of.to };
  const dueAt = new Date(dueAfter(found.dueAt.getTime(), change, found.slaMinutes)).toISOString();
  const priority = PRIORITIES.indexOf(of.to);
  await run(
    tx,
    sql`update app.review_case set priority = ${priority}, due_at = ${dueAt} where id = ${of.caseId}`,
  );
  await run(
    tx,
    sql`update app.round set priority = ${priority}, due_at = ${dueAt}
        where case_id = ${of.caseId} and (state = 'open' or exists (
          -- One that its author may still take back opens again.
          select from app.decision d where d.case_id = round.case_id and d.cycle = round.cycle and d.round = round.round
            and d.undone_at is null and d.settled_at is null and d.undo_until > app.now()))`,
  );
  return found.probeSubjectId;
}

import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { type Round, ROUNDS } from "@secondlook/domain/cases/stage";
import { type Database, idColumn, rowOf } from "../database.ts";
import type { LeaseClaim } from "../queue/lease.ts";

const placeRow = z
  .object({
    cycle: z.int(),
    round: z.enum(ROUNDS),
    probe_subject_id: idColumn("subject"),
  })
  .transform((row) => ({
    cycle: row.cycle,
    round: row.round,
    probeSubjectId: row.probe_subject_id,
  }));

/** The round that a draft belongs to. */
export type DraftPlace = z.output<typeof placeRow>;

/**
 * That this person may leave a draft on the round `r`: it is open, and they hold it under this
 * number, or had it before and looked at it or wrote on it. A lease that ran out a second ago must
 * not lose what was typed.
 */
function mayLeaveDraft(by: LeaseClaim): SQL {
  const own = (table: SQL): SQL =>
    sql`exists (select from ${table} o where o.case_id = r.case_id and o.cycle = r.cycle
                and o.round = r.round and o.staff_id = ${by.staffId})`;
  return sql`r.case_id = ${by.caseId} and r.state = 'open' and r.fence >= ${by.fence}
    and ((r.holder = ${by.staffId} and r.fence = ${by.fence})
         or ${own(sql`app.viewing`)} or ${own(sql`app.rating`)} or ${own(sql`app.draft`)})`;
}

/** Where this person's draft goes; undefined where they may not leave one. */
export async function findDraftPlace(
  db: Database,
  by: LeaseClaim,
): Promise<DraftPlace | undefined> {
  return rowOf(
    db,
    placeRow,
    sql`select r.cycle, r.round, v.subject_id as probe_subject_id
        from app.round r join app.review_case c on c.id = r.case_id join app.verification v on v.id = c.probe_id
        where ${mayLeaveDraft(by)}`,
  );
}

/** Keeps a draft in place of the one before. False where the round was decided meanwhile. */
export async function saveDraft(
  db: Database,
  by: LeaseClaim & {
    readonly cycle: number;
    readonly round: Round;
    /** Encrypted under the probe's key. */
    readonly content: Uint8Array;
  },
): Promise<boolean> {
  const row = await rowOf(
    db,
    z.object({ case_id: z.string() }),
    sql`insert into app.draft (case_id, cycle, round, staff_id, content)
        select r.case_id, r.cycle, r.round, ${by.staffId}, ${by.content}::bytea from app.round r
        where r.cycle = ${by.cycle} and r.round = ${by.round} and ${mayLeaveDraft(by)}
        on conflict (case_id, cycle, round, staff_id)
        do update set content = excluded.content, saved_at = app.now()
        returning case_id`,
  );
  return row !== undefined;
}

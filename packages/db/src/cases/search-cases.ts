import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { OUTCOMES, type Outcome } from "@secondlook/domain/decisions/outcome";
import { STAGES } from "@secondlook/domain/cases/stage";
import { column, type Database, idColumn, rowsOf } from "../database.ts";

const foundRow = z
  .object({
    id: idColumn("case"),
    external_id: z.string(),
    subject_id: idColumn("subject"),
    region: z.string(),
    priority: z.int(),
    received_at: column.instant,
    due_at: column.instant,
    stage: z.enum(STAGES).nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
  })
  .transform((row) => ({
    caseId: row.id,
    externalId: row.external_id,
    probeSubjectId: row.subject_id,
    region: row.region,
    priority: row.priority,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    /** Null where the asker may still judge the case; so is the outcome. */
    stage: row.stage,
    outcome: row.outcome,
  }));

export type FoundCase = z.output<typeof foundRow>;

export interface CaseSearch {
  readonly asker: {
    readonly id: string;
    /** Whether the asker's role may judge cases at all. */
    readonly judges: boolean;
  };
  /** A case's id, or the whole id upstream of a case or of its account. */
  readonly id: string | null;
  /** Takes in its subdivisions. */
  readonly region: string | null;
  readonly outcome: Outcome | null;
  /** Days on which it was received, both included, in UTC: `2026-11-02`. */
  readonly from: string | null;
  readonly to: string | null;
  /** The last case of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/**
 * Cases, the newest first. Of one that the asker may still judge neither stage nor outcome is told,
 * and a search by outcome does not find it, which would tell as much.
 */
export async function searchCases(db: Database, search: CaseSearch): Promise<readonly FoundCase[]> {
  const { asker } = search;
  const conditions: SQL[] = [sql`true`];
  if (search.id !== null) {
    // Every unique index of upstream ids begins with the source, so all sources are named.
    const sources = sql`any(array(select s.id from app.source s))`;
    conditions.push(sql`c.id in (
      select k.id from app.review_case k where k.id = ${search.id}
      union select k.id from app.review_case k where k.source_id = ${sources} and k.external_id = ${search.id}
      union select k.id from app.subject u join app.verification w on w.subject_id = u.id
              join app.review_case k on k.probe_id = w.id
            where u.source_id = ${sources} and u.external_id = ${search.id})`);
  }
  if (search.region !== null) {
    conditions.push(
      sql`(c.region = ${search.region} or split_part(c.region, '-', 1) = ${search.region})`,
    );
  }
  if (search.from !== null)
    conditions.push(sql`c.received_at >= ${search.from}::timestamp at time zone 'UTC'`);
  if (search.to !== null)
    conditions.push(
      sql`c.received_at < (${search.to}::timestamp + interval '1 day') at time zone 'UTC'`,
    );
  if (search.outcome !== null) conditions.push(sql`d.outcome = ${search.outcome}`);
  if (search.after !== null) {
    const last = sql`(select l.received_at from app.review_case l where l.id = ${search.after})`;
    conditions.push(
      sql`c.received_at <= ${last} and (c.received_at < ${last} or c.id > ${search.after})`,
    );
  }
  return rowsOf(
    db,
    foundRow,
    sql`with clock as materialized (select app.now() as now)
        select c.id, c.external_id, v.subject_id, c.region, c.priority, c.received_at, c.due_at,
               case when not h.hidden then c.stage end as stage, d.outcome
        from app.review_case c
        cross join clock
        join app.verification v on v.id = c.probe_id
        left join app.round r on r.case_id = c.id and r.state = 'open'
        cross join lateral (select ${mayStillJudge(asker)} as hidden) h
        left join lateral (
          select e.outcome from app.decision e
          where e.case_id = c.id and e.cycle = c.cycle and e.undone_at is null and not h.hidden
          order by e.decided_at desc limit 1) d on true
        where ${sql.join(conditions, sql` and `)}
        order by c.received_at desc, c.id limit ${search.limit}`,
  );
}

/**
 * That the asker may still come to judge the case of this row, over `c`, its open round `r` and
 * `clock`: it is open or may be opened again by an undo, and they had no part in another round of it.
 */
function mayStillJudge(asker: CaseSearch["asker"]): SQL {
  return sql`(${asker.judges}::boolean
    and (c.stage in ('first', 'second', 'adjudication', 'awaiting_capture')
         or coalesce(c.settles_at > clock.now, false))
    and not exists (
      select from app.involvement i where i.case_id = c.id and i.staff_id = ${asker.id}
        and (r.case_id is null or (i.cycle, i.round) <> (r.cycle, r.round))))`;
}

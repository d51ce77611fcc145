import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS, STAGE_RANK } from "@secondlook/domain/cases/stage";
import { column, type Database, idColumn, rowOf, rowsOf } from "../database.ts";
import type { Claimer } from "./claimer.ts";
import { notInvolved, notSkipped, rankRoles, routeFits, scopeOf } from "./eligibility.ts";

const overviewRow = z
  .object({
    case_id: idColumn("case"),
    probe_subject_id: idColumn("subject"),
    region: z.string(),
    priority: z.int(),
    due_at: column.instant,
    received_at: column.instant,
    waiting_since: column.instant,
    claimable_at: column.instant,
    round: z.enum(ROUNDS),
    holder_name: z.string().nullable(),
    stuck: z.boolean(),
    may_judge: z.boolean(),
  })
  .transform((row) => ({
    caseId: row.case_id,
    probeSubjectId: row.probe_subject_id,
    region: row.region,
    priority: row.priority,
    dueAt: row.due_at,
    receivedAt: row.received_at,
    waitingSince: row.waiting_since,
    claimableAt: row.claimable_at,
    round: row.round,
    /** Who works it now, or keeps it ready. */
    holderName: row.holder_name,
    /** Nobody who may work it is left. */
    stuck: row.stuck,
    /** The asker may still judge the case: its stage must not be told. */
    mayJudge: row.may_judge,
  }));

export type OverviewRow = z.output<typeof overviewRow>;

/** Where a page of the overview ended: the keys of its last row. */
export interface OverviewCursor {
  readonly stuck: boolean;
  readonly priority: number;
  readonly dueAt: string;
  readonly caseId: string;
}

/**
 * A page of what waits and of who holds what: first what nobody eligible is left for, then by
 * priority and due time. The stage has no part in the order, which would tell it. A region takes in
 * its subdivisions.
 */
export async function queueOverview(
  db: Database,
  of: {
    readonly asker: Claimer;
    readonly region: string | null;
    readonly after: OverviewCursor | null;
    readonly limit: number;
  },
): Promise<readonly OverviewRow[]> {
  const { after, asker } = of;
  const regionFits =
    of.region === null
      ? sql`true`
      : sql`(c.region = ${of.region} or split_part(c.region, '-', 1) = ${of.region})`;
  const afterCursor =
    after === null
      ? sql`true`
      : sql`(not w.stuck, w.priority, w.due_at, w.case_id)
            > (not ${after.stuck}::boolean, ${after.priority}::smallint, ${after.dueAt}::timestamptz, ${after.caseId})`;
  const staffColumns = {
    regions: sql`p.regions`,
    languages: sql`p.languages`,
    skills: sql`p.skills`,
  };
  const someoneElse = sql`exists (
    select from unnest(e.staff) as u (id)
    where ${notInvolved(sql`r`, sql`u.id`)} and ${notSkipped(sql`r`, sql`u.id`, sql`'99999-01-01'::timestamptz`)})`;
  return rowsOf(
    db,
    overviewRow,
    sql`with clock as materialized (select app.now() as now),
        eligible as materialized (
          select t.id as route_id, k.rank, array_agg(p.id) as staff
          from app.route t cross join (values ${rankRoles()}) as k (rank, role)
          join app.staff p on p.role = k.role and p.disabled_at is null and ${routeFits(sql`t`, staffColumns)}
          group by t.id, k.rank),
        touched as materialized (select case_id from app.involvement union select case_id from app.skip),
        waiting as (
          select r.case_id, r.cycle, r.round, r.route_id, r.waiting_since, r.claimable_at, c.priority,
                 -- As the cursor carries it.
                 date_trunc('milliseconds', c.due_at) as due_at,
                 c.region, c.received_at, c.probe_id,
                 case when r.claimable_at > clock.now then r.holder end as holder,
                 (r.holder is null or r.claimable_at <= clock.now)
                   and (e.staff is null or (h.case_id is not null and not ${someoneElse})) as stuck
          from app.round r join app.review_case c on c.id = r.case_id cross join clock
          left join eligible e on e.route_id = r.route_id and e.rank = r.stage_rank
          left join touched h on h.case_id = r.case_id
          where r.state = 'open' and r.waiting_since <= clock.now and ${regionFits}),
        page as materialized (
          select * from waiting w where ${afterCursor}
          order by not w.stuck, w.priority, w.due_at, w.case_id limit ${of.limit})
        select w.*, v.subject_id as probe_subject_id, s.display_name as holder_name,
               (${routeFits(sql`t`, scopeOf(asker))} and ${notInvolved(sql`w`, sql`${asker.id}`)}) as may_judge
        from page w join app.verification v on v.id = w.probe_id join app.route t on t.id = w.route_id
        left join app.staff s on s.id = w.holder
        order by not w.stuck, w.priority, w.due_at, w.case_id`,
  );
}

const countsRow = z
  .object({
    first: column.count,
    second: column.count,
    adjudication: column.count,
    awaiting_capture: column.count,
    being_worked: column.count,
    overdue: column.count,
    oldest_waiting_since: column.instant.nullable(),
  })
  .transform((row) => ({
    counts: {
      first: row.first,
      second: row.second,
      adjudication: row.adjudication,
      awaitingCapture: row.awaiting_capture,
      beingWorked: row.being_worked,
      overdue: row.overdue,
    },
    oldestWaitingSince: row.oldest_waiting_since,
  }));

export type QueueCounts = z.output<typeof countsRow>;

/** How much waits in the whole queue; never of one region, where a single case would tell its stage. */
export async function queueCounts(db: Database): Promise<QueueCounts> {
  const row = await rowOf(
    db,
    countsRow,
    sql`with clock as materialized (select app.now() as now)
        select count(*) filter (where stage_rank = ${STAGE_RANK.first}) as first,
               count(*) filter (where stage_rank = ${STAGE_RANK.second}) as second,
               count(*) filter (where stage_rank = ${STAGE_RANK.adjudication}) as adjudication,
               count(*) filter (where lease_kind = 'active' and claimable_at > now) as being_worked,
               count(*) filter (where due_at < now) as overdue,
               min(waiting_since) as oldest_waiting_since,
               (select count(*) from app.review_case where stage = 'awaiting_capture') as awaiting_capture
        from app.round, clock where state = 'open' and waiting_since <= now`,
  );
  if (row === undefined) throw new Error("a count had no answer");
  return row;
}

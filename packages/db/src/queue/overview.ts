import { sql, type SQL } from "drizzle-orm";
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
    undoable: z.boolean(),
    reserved: z.boolean(),
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
    /** Who works it now; that somebody keeps it ready is no presence. */
    holderName: row.holder_name,
    /** A decision can still be undone: the round listed is the next one, or else the one decided. */
    undoable: row.undoable,
    /** Somebody keeps it ready: when that lease ends must not be told. */
    reserved: row.reserved,
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
 * Rounds as the leads see them, over `clock`: the open ones, from the moment of the decision before
 * them, and those decided last while that can be undone. Else a case would leave the list for as long
 * as its undo takes and come back, which tells of a further round.
 */
const LISTED = sql`
  select r.*, r.waiting_since > clock.now as undoable from app.round r cross join clock where r.state = 'open'
  union all
  select r.*, true from clock cross join app.decision d
    join app.round r on r.case_id = d.case_id and r.cycle = d.cycle and r.round = d.round and r.state = 'decided'
    where d.undone_at is null and d.settled_at is null and d.undo_until > clock.now
      and not exists (select from app.round o where o.case_id = d.case_id and o.state = 'open')`;

/** That the asker may still judge the case of the round `r` on the route `t`. */
function mayJudge(asker: Claimer): SQL {
  return sql`(${routeFits(sql`t`, scopeOf(asker))} and ${notInvolved(sql`r`, sql`${asker.id}`)})`;
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
        listed as (${LISTED}),
        waiting as (
          select r.case_id, r.cycle, r.round, r.route_id, r.waiting_since, r.claimable_at, c.priority,
                 -- As the cursor carries it.
                 date_trunc('milliseconds', c.due_at) as due_at,
                 c.region, c.received_at, c.probe_id,
                 r.undoable, r.claimable_at > clock.now and r.lease_kind is not distinct from 'reserved' as reserved,
                 case when r.claimable_at > clock.now and r.lease_kind = 'active' then r.holder end as holder,
                 r.state = 'open' and (r.holder is null or r.claimable_at <= clock.now)
                   and (e.staff is null or (h.case_id is not null and not ${someoneElse})) as stuck
          from listed r join app.review_case c on c.id = r.case_id cross join clock
          left join eligible e on e.route_id = r.route_id and e.rank = r.stage_rank
          left join touched h on h.case_id = r.case_id
          where ${regionFits}),
        page as materialized (
          select * from waiting w where ${afterCursor}
          order by not w.stuck, w.priority, w.due_at, w.case_id limit ${of.limit})
        select r.*, v.subject_id as probe_subject_id, s.display_name as holder_name, ${mayJudge(asker)} as may_judge
        from page r join app.verification v on v.id = r.probe_id join app.route t on t.id = r.route_id
        left join app.staff s on s.id = r.holder
        order by not r.stuck, r.priority, r.due_at, r.case_id`,
  );
}

const countsRow = z
  .object({
    waiting: column.count,
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
      waiting: row.waiting,
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

/**
 * How much waits in the whole queue; never of one region, where a single case would tell its stage.
 * The stages are those of cases that the asker can't judge any more: with the others among them, a
 * case that goes to its second round would be seen to.
 */
export async function queueCounts(db: Database, asker: Claimer): Promise<QueueCounts> {
  const inStage = (rank: number): SQL =>
    sql`count(*) filter (where not may_judge and not undoable and stage_rank = ${rank})`;
  const row = await rowOf(
    db,
    countsRow,
    sql`with clock as materialized (select app.now() as now),
        listed as (${LISTED}),
        told as (
          select r.stage_rank, r.lease_kind, r.claimable_at, c.due_at, r.undoable, j.may_judge,
                 case when j.may_judge then c.received_at else r.waiting_since end as since
          from listed r join app.review_case c on c.id = r.case_id join app.route t on t.id = r.route_id
          cross join lateral (select ${mayJudge(asker)} as may_judge) j)
        select count(*) as waiting,
               ${inStage(STAGE_RANK.first)} as first,
               ${inStage(STAGE_RANK.second)} as second,
               ${inStage(STAGE_RANK.adjudication)} as adjudication,
               count(*) filter (where lease_kind = 'active' and claimable_at > now) as being_worked,
               count(*) filter (where due_at < now) as overdue,
               min(since) filter (where since <= now) as oldest_waiting_since,
               (select count(*) from app.review_case c where c.stage = 'awaiting_capture'
                  and (not ${routeFits(sql`c`, scopeOf(asker))} or exists (
                    select from app.involvement i where i.case_id = c.id and i.staff_id = ${asker.id}))) as awaiting_capture
        from told, clock`,
  );
  if (row === undefined) throw new Error("a count had no answer");
  return row;
}

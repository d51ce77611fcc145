import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS, STAGE_RANK } from "@secondlook/domain/cases/stage";
import { column, type Database, idColumn, rowOf, rowsOf } from "../database.ts";
import type { Claimer } from "./claimer.ts";
import type { OverviewOrder, Stretch } from "@secondlook/domain/queue/bands";
import { notInvolved, notSkipped, rankRoles, routeFits, scopeOf } from "./eligibility.ts";
import { judgeable, LISTED, ofRegion, TOLD_SINCE } from "./listed.ts";

const overviewRow = z
  .object({
    case_id: idColumn("case"),
    probe_subject_id: idColumn("subject"),
    region: z.string(),
    priority: z.int(),
    due_at: column.instant,
    told_since: column.instant,
    claimable_at: column.instant,
    round: z.enum(ROUNDS),
    holder_name: z.string().nullable(),
    undoable: z.boolean(),
    reserved: z.boolean(),
    kept: z.boolean(),
    kept_for_name: z.string().nullable(),
    stuck: z.boolean(),
    may_judge: z.boolean(),
  })
  .transform((row) => ({
    caseId: row.case_id,
    probeSubjectId: row.probe_subject_id,
    region: row.region,
    priority: row.priority,
    dueAt: row.due_at,
    /** Since when it waits, as the asker is told. */
    toldSince: row.told_since,
    claimableAt: row.claimable_at,
    round: row.round,
    /** Who works it now; that somebody keeps it ready is no presence. */
    holderName: row.holder_name,
    /** A decision can still be undone: the round listed is the next one, or else the one decided. */
    undoable: row.undoable,
    /** Somebody keeps it ready: when that lease ends must not be told. */
    reserved: row.reserved,
    /** A lead keeps it for somebody, which is told only where the asker can't judge it. */
    kept: row.kept,
    keptForName: row.kept_for_name,
    /** Nobody who may work it is left. */
    stuck: row.stuck,
    /** The asker may still judge the case: its stage must not be told. */
    mayJudge: row.may_judge,
  }));

export type OverviewRow = z.output<typeof overviewRow>;

/** Where a page of the overview ended: the keys of its last row, in its order. */
export type OverviewCursor =
  | {
      readonly order: "priority";
      readonly stuck: boolean;
      readonly priority: number;
      readonly at: string;
      readonly caseId: string;
    }
  | { readonly order: "due" | "oldest"; readonly at: string; readonly caseId: string };

export interface OverviewQuery {
  readonly asker: Claimer;
  /** Takes in its subdivisions. */
  readonly region: string | null;
  readonly order: OverviewOrder;
  /** Only what nobody is left for. */
  readonly onlyStuck?: boolean;
  /** Only what waits since then, as the asker is told, and what is due then. */
  readonly since?: Stretch;
  readonly due?: Stretch;
  readonly after: OverviewCursor | null;
  readonly limit: number;
}

/**
 * A page of what waits and of who holds what. The stage has no part in the order, which would tell
 * it, nor has it in what a stretch of time finds.
 */
export async function queueOverview(
  db: Database,
  of: OverviewQuery,
): Promise<readonly OverviewRow[]> {
  const keys = KEYS[of.order];
  return rowsOf(
    db,
    overviewRow,
    sql`${waiting(of)},
        page as materialized (
          select * from waiting w
          where ${afterCursor(of.after)} and ${of.onlyStuck === true ? sql`w.stuck` : sql`true`}
            and ${within(sql`w.told_since`, of.since)} and ${within(sql`w.due_at`, of.due)}
          order by ${keys} limit ${of.limit})
        select w.*, v.subject_id as probe_subject_id, s.display_name as holder_name, k.display_name as kept_for_name
        from page w join app.verification v on v.id = w.probe_id
        left join app.staff s on s.id = w.holder left join app.staff k on k.id = w.kept_for
        order by ${keys}`,
  );
}

/** How many cases nobody eligible is left for. */
export async function countStuck(
  db: Database,
  of: Pick<OverviewQuery, "asker" | "region">,
): Promise<number> {
  const row = await rowOf(
    db,
    z.object({ stuck: column.count }),
    sql`${waiting(of)} select count(*) as stuck from waiting w where w.stuck`,
  );
  return row?.stuck ?? 0;
}

/** `with … waiting`: every listed case as the asker is told of it. */
function waiting(of: Pick<OverviewQuery, "asker" | "region">): SQL {
  const staffColumns = {
    regions: sql`p.regions`,
    languages: sql`p.languages`,
    skills: sql`p.skills`,
  };
  const someoneElse = sql`exists (
    select from unnest(e.staff) as u (id)
    where ${notInvolved(sql`r`, sql`u.id`)} and ${notSkipped(sql`r`, sql`u.id`, sql`'99999-01-01'::timestamptz`)})`;
  return sql`with clock as materialized (select app.now() as now),
        eligible as materialized (
          select t.id as route_id, k.rank, array_agg(p.id) as staff
          from app.route t cross join (values ${rankRoles()}) as k (rank, role)
          join app.staff p on p.role = k.role and p.disabled_at is null and ${routeFits(sql`t`, staffColumns)}
          group by t.id, k.rank),
        touched as materialized (select case_id from app.involvement union select case_id from app.skip),
        listed as (${LISTED}),
        waiting as (
          select r.case_id, r.cycle, r.round, r.route_id, r.claimable_at, c.priority,
                 -- As the cursor carries it.
                 date_trunc('milliseconds', c.due_at) as due_at,
                 date_trunc('milliseconds', ${TOLD_SINCE}) as told_since,
                 c.region, c.probe_id, j.may_judge,
                 r.undoable, r.claimable_at > clock.now and r.lease_kind is not distinct from 'reserved' as reserved,
                 case when r.claimable_at > clock.now and r.lease_kind = 'active' then r.holder end as holder,
                 g.staff_id is not null as kept, case when not j.may_judge then g.staff_id end as kept_for,
                 r.state = 'open' and (r.holder is null or r.claimable_at <= clock.now)
                   and (e.staff is null or (h.case_id is not null and not ${someoneElse})) as stuck
          from listed r join app.review_case c on c.id = r.case_id join app.route t on t.id = r.route_id
          ${judgeable(of.asker)} cross join clock
          left join eligible e on e.route_id = r.route_id and e.rank = r.stage_rank
          left join touched h on h.case_id = r.case_id
          left join app.routing g on g.case_id = r.case_id and g.cycle = r.cycle and g.round = r.round
            and r.state = 'open' and r.holder is null and g.until > clock.now
          where ${ofRegion(of.region)})`;
}

const KEYS = {
  priority: sql`not w.stuck, w.priority, w.due_at, w.case_id`,
  due: sql`w.due_at, w.case_id`,
  oldest: sql`w.told_since, w.case_id`,
} as const satisfies Record<OverviewOrder, SQL>;

function afterCursor(after: OverviewCursor | null): SQL {
  if (after === null) return sql`true`;
  const last = sql`${after.at}::timestamptz, ${after.caseId}`;
  return after.order === "priority"
    ? sql`(${KEYS.priority}) > (not ${after.stuck}::boolean, ${after.priority}::smallint, ${last})`
    : sql`(${KEYS[after.order]}) > (${last})`;
}

/** An instant within a stretch, if there is one. */
function within(at: SQL, stretch: Stretch | undefined): SQL {
  const { from = null, to = null } = stretch ?? {};
  const after = from === null ? sql`true` : sql`${at} >= ${from.toISOString()}::timestamptz`;
  const before = to === null ? sql`true` : sql`${at} < ${to.toISOString()}::timestamptz`;
  return sql`(${after} and ${before})`;
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
                 ${TOLD_SINCE} as since
          from listed r join app.review_case c on c.id = r.case_id join app.route t on t.id = r.route_id
          ${judgeable(asker)})
        select count(*) as waiting,
               ${inStage(STAGE_RANK.first)} as first,
               ${inStage(STAGE_RANK.second)} as second,
               ${inStage(STAGE_RANK.adjudication)} as adjudication,
               count(*) filter (where lease_kind = 'active' and claimable_at > now) as being_worked,
               count(*) filter (where due_at < now) as overdue,
               min(since) as oldest_waiting_since,
               (select count(*) from app.review_case c where c.stage = 'awaiting_capture'
                  and (not ${routeFits(sql`c`, scopeOf(asker))} or exists (
                    select from app.involvement i where i.case_id = c.id and i.staff_id = ${asker.id}))) as awaiting_capture
        from told, clock`,
  );
  if (row === undefined) throw new Error("a count had no answer");
  return row;
}

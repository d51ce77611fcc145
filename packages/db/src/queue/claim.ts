import { sql } from "drizzle-orm";
import { z } from "zod";
import type { LeaseKind } from "@secondlook/domain/queue/lease";
import { column, type Database, idColumn, rowOf, run } from "../database.ts";
import type { Claimer } from "./claimer.ts";
import { notInvolved, notSkipped, ranksOf, routeFits, scopeOf } from "./eligibility.ts";
import { leaseTimes } from "./grant.ts";
import { type HeldRound, heldRoundColumns, heldRoundRow } from "./lease.ts";

/** A lease that ended by itself, noticed when its round is claimed again. */
export interface ExpiredLease {
  readonly holder: `usr_${string}`;
  readonly fence: number;
}

export interface Claimed {
  readonly held: HeldRound;
  /** Whose lease had run out on this round, if anybody's. */
  readonly expired: ExpiredLease | undefined;
}

/** What a more urgent round is measured against. */
export interface Urgency {
  readonly stageRank: number;
  readonly priority: number;
}

/** Columns `former_holder` and `former_fence`: whose lease a claim found run out. */
export const formerRow = z
  .object({ former_holder: idColumn("actor").nullable(), former_fence: column.count })
  .transform((row) => ({
    expired:
      row.former_holder === null
        ? undefined
        : { holder: row.former_holder, fence: row.former_fence },
  }));

const pinnedRow = z
  .object({ newly_pinned: z.boolean() })
  .transform((row) => ({ newlyPinned: row.newly_pinned }));

/** How many routes are tried where other claims hold the best rounds locked at this moment. */
const HEADS = 8;

/** Above every priority: all of them may be taken. */
const ANY_PRIORITY = 32_767;

/**
 * Claims the most urgent round that this person may work: by stage, priority and due time, over the
 * routes that reach them; with `before`, only one that is strictly more urgent. Undefined where
 * there is none. `lockClaimer` comes first.
 *
 * One index range a route and stage is probed for its head, and the best head is locked, passing
 * over what other claims hold at this moment: so the answer takes the same time whether a person
 * matches every waiting case, one in a thousand or none. The first claim of a cycle pins the policy
 * in force and with it the candidates shown.
 */
export async function claimRound(
  tx: Database,
  by: { readonly staff: Claimer; readonly kind: LeaseKind; readonly before?: Urgency | undefined },
): Promise<Claimed | undefined> {
  const ranges = ranksOf(by.staff.role).flatMap((rank) => {
    const below = priorityLimit(rank, by.before);
    return below > 0 ? [sql`(${rank}::smallint, ${below}::smallint)`] : [];
  });
  if (ranges.length === 0) return undefined;
  const now = sql`(select now from clock)`;
  const me = sql`${by.staff.id}`;
  // The same condition twice: once to find the head of each range, once to take it.
  const claimable = sql`r.state = 'open' and r.route_id = m.id and r.stage_rank = m.rank
    and r.priority < m.below and r.claimable_at <= ${now}
    and ${notInvolved(sql`r`, me)} and ${notSkipped(sql`r`, me, now)}`;
  const policyVersion = sql`coalesce(c.policy_version, newest.version)`;
  const row = await rowOf(
    tx,
    heldRoundRow.and(formerRow).and(pinnedRow),
    sql`with clock as materialized (select app.now() as now),
        newest as materialized (
          select p.version from app.policy p where p.starts_at <= ${now} order by p.version desc limit 1),
        reach as materialized (
          select t.id, s.rank, s.below
          from app.route t cross join (values ${sql.join(ranges, sql`, `)}) as s (rank, below)
          where ${routeFits(sql`t`, scopeOf(by.staff))}),
        head as materialized (
          select m.id, m.rank, m.below from reach m cross join lateral (
            select r.priority, r.due_at, r.case_id from app.round r where ${claimable}
            order by r.priority, r.due_at, r.case_id limit 1) h
          order by m.rank, h.priority, h.due_at, h.case_id limit ${HEADS}),
        picked as materialized (
          select l.* from head m cross join lateral (
            select r.case_id, r.cycle, r.round, r.holder, r.fence from app.round r where ${claimable}
            order by r.priority, r.due_at, r.case_id limit 1 for no key update skip locked) l limit 1),
        pinned as (
          update app.review_case c set policy_version = newest.version from picked p, newest
          where c.id = p.case_id and c.policy_version is null)
        update app.round r
        set holder = ${by.staff.id}, lease_kind = ${by.kind}, fence = nextval('app.fence'),
            ${leaseTimes(by.kind, now, policyVersion)}
        from picked p join app.review_case c on c.id = p.case_id
             join app.verification v on v.id = c.probe_id cross join newest
        where r.case_id = p.case_id and r.cycle = p.cycle and r.round = p.round
        returning ${heldRoundColumns(policyVersion)}, p.holder as former_holder,
                  p.fence as former_fence, c.policy_version is null as newly_pinned`,
  );
  if (row === undefined) return undefined;
  const { newlyPinned, expired, ...held } = row;
  if (newlyPinned) await run(tx, sql`select sealed.pin_shown(${held.caseId}, ${held.cycle})`);
  return { held, expired };
}

/** Claims the next round to be kept ready behind the active one. */
export async function reserveNext(tx: Database, staff: Claimer): Promise<Claimed | undefined> {
  return claimRound(tx, { staff, kind: "reserved" });
}

/** Priorities of this rank below which a round goes before `before`. */
function priorityLimit(rank: number, before: Urgency | undefined): number {
  if (before === undefined || rank < before.stageRank) return ANY_PRIORITY;
  return rank === before.stageRank ? before.priority : 0;
}

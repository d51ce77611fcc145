import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database } from "../database.ts";
import { keptRowOf } from "../kept-statement.ts";
import type { Claimer } from "./claimer.ts";
import { notInvolved, ranksOf, routeFits, scopeOf } from "./eligibility.ts";

const waitingRow = z.object({
  any_open: z.boolean(),
  being_worked: z.boolean(),
  claimable: z.boolean(),
  next_at: column.instant.nullable(),
  elsewhere: z.boolean(),
});

/** Why a claim found nothing, and from when on there may be something, where that is known. */
export type EmptyQueue =
  | {
      readonly reason:
        | "nothing_waiting"
        | "outside_your_scope"
        | "only_cases_you_judged"
        | "all_being_worked"
        | "snoozed";
      readonly nextAt: Date | null;
    }
  /** Something came free since: claim again. */
  | { readonly reason: "claimable_now" };

/**
 * Looks at what waits on this person's routes after a claim found nothing there. A round whose
 * predecessor can still be undone counts as not being there yet: to tell of it would tell its stage.
 */
export async function whyEmpty(db: Database, staff: Claimer): Promise<EmptyQueue> {
  const me = sql`${staff.id}`;
  const ranks = ranksOf(staff.role);
  if (ranks.length === 0) return { reason: "outside_your_scope", nextAt: null };
  const rankList = sql.join(
    ranks.map((rank) => sql`(${rank}::smallint)`),
    sql`, `,
  );
  const row = await keptRowOf(
    db,
    `why_empty_${ranks.length}`,
    waitingRow,
    sql`with clock as materialized (select app.now() as now),
        reach as materialized (
          select t.id, s.rank from app.route t cross join (values ${rankList}) as s (rank)
          where ${routeFits(sql`t`, scopeOf(staff))}),
        mine as materialized (
          select w.* from reach m cross join lateral (
            select r.claimable_at, r.holder,
                   (select k.until from app.skip k
                    where k.case_id = r.case_id and k.staff_id = ${me} and k.until > clock.now) as passed_until,
                   ${notInvolved(sql`r`, me)} as not_involved
            from app.round r cross join clock
            where r.state = 'open' and r.route_id = m.id and r.stage_rank = m.rank and r.waiting_since <= clock.now) w),
        eligible as materialized (
          select * from mine where not_involved and coalesce(passed_until, '-infinity') < 'infinity')
        select exists (select from mine) as any_open,
               exists (select from eligible, clock where holder is not null and claimable_at > now) as being_worked,
               exists (select from eligible, clock where claimable_at <= now and passed_until is null) as claimable,
               (select min(greatest(passed_until, claimable_at)) from eligible, clock
                where (holder is null or claimable_at <= now)) as next_at,
               exists (select from app.round r join (values ${rankList}) as s (rank) on s.rank = r.stage_rank
                       where r.state = 'open' and r.waiting_since <= (select now from clock) order by r.case_id limit 1) as elsewhere`,
  );
  if (row === undefined) throw new Error("a question without a condition had no answer");
  if (row.claimable) return { reason: "claimable_now" };
  if (!row.any_open) {
    return { reason: row.elsewhere ? "outside_your_scope" : "nothing_waiting", nextAt: null };
  }
  if (row.next_at !== null) return { reason: "snoozed", nextAt: row.next_at };
  return { reason: row.being_worked ? "all_being_worked" : "only_cases_you_judged", nextAt: null };
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, idColumn, rowsOf } from "../database.ts";
import { keptRowOf, keptRowsOf } from "../kept-statement.ts";
import type { Claimer } from "./claimer.ts";
import {
  holderMayWork,
  notInvolved,
  notSkipped,
  ranksOf,
  routeFits,
  scopeOf,
} from "./eligibility.ts";

const leaseRow = z
  .object({ case_id: idColumn("case"), fence: column.count })
  .transform((row) => ({ caseId: row.case_id, fence: row.fence }));

/** The leases that a person holds now. */
export async function leasesOf(
  db: Database,
  staffId: string,
): Promise<readonly z.output<typeof leaseRow>[]> {
  return keptRowsOf(
    db,
    "live_leases",
    leaseRow,
    sql`select r.case_id, r.fence from app.round r
        where r.holder = ${staffId} and r.state = 'open' and r.claimable_at > app.now()
          and ${holderMayWork(sql`r`)} order by r.fence`,
  );
}

/** More than this is told as this: to count a million rows for a header is not worth it. */
export const COUNT_LIMIT = 1000;

/**
 * How many cases wait or are worked on, whatever their stage and region, up to `COUNT_LIMIT`. As in
 * the leads' list, a case that was decided stays among them while that can be undone.
 */
export async function countWaiting(db: Database): Promise<number> {
  const row = await keptRowOf(
    db,
    "live_waiting",
    z.object({ waiting: column.count }),
    sql`select (select count(*) from (select from app.round where state = 'open' limit ${COUNT_LIMIT}) o)
             + (select count(*) from app.decision d
                where d.undone_at is null and d.settled_at is null and d.undo_until > app.now()
                  and not exists (select from app.round o where o.case_id = d.case_id and o.state = 'open')) as waiting`,
  );
  return Math.min(row?.waiting ?? 0, COUNT_LIMIT);
}

/**
 * Whether this person could have a case of a higher priority than the one they work on. The stage has
 * no part in it: what comes first by its stage would tell it.
 */
export async function moreUrgentWaits(db: Database, staff: Claimer): Promise<boolean> {
  const ranks = ranksOf(staff.role);
  if (ranks.length === 0) return false;
  const rankList = sql.join(
    ranks.map((rank) => sql`(${rank}::smallint)`),
    sql`, `,
  );
  const me = sql`${staff.id}`;
  const row = await keptRowOf(
    db,
    `live_urgent_${ranks.length}`,
    z.object({ urgent: z.boolean() }),
    sql`select exists (
          select from app.round mine
          cross join app.route t cross join (values ${rankList}) as s (rank)
          cross join lateral (
            select from app.round r
            where r.state = 'open' and r.route_id = t.id and r.stage_rank = s.rank
              and r.priority < mine.priority and r.claimable_at <= app.now() and r.waiting_since <= app.now()
              and ${notInvolved(sql`r`, me)} and ${notSkipped(sql`r`, me, sql`app.now()`)}
            limit 1) w
          where mine.holder = ${staff.id} and mine.lease_kind = 'active' and mine.state = 'open'
            and mine.claimable_at > app.now() and ${routeFits(sql`t`, scopeOf(staff))}) as urgent`,
  );
  return row?.urgent ?? false;
}

const holderRow = z
  .object({ case_id: idColumn("case"), display_name: z.string() })
  .transform((row) => ({ caseId: row.case_id, displayName: row.display_name }));

/** Who works on which case now; that somebody keeps one ready is no presence. */
export async function holdersNow(
  db: Database,
  limit: number,
): Promise<readonly z.output<typeof holderRow>[]> {
  return rowsOf(
    db,
    holderRow,
    sql`select r.case_id, p.display_name from app.round r join app.staff p on p.id = r.holder
        where r.lease_kind = 'active' and r.state = 'open' and r.claimable_at > app.now()
        order by p.display_name, r.case_id limit ${limit}`,
  );
}

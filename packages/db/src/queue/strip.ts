import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowsOf } from "../database.ts";
import type { Claimer } from "./claimer.ts";
import { judgeable, LISTED, TOLD_SINCE } from "./listed.ts";

const stripRow = z
  .object({
    region: z.string(),
    waiting: column.count,
    being_worked: column.count,
    due_soon: column.count,
    overdue: column.count,
    oldest_since: column.instant.nullable(),
  })
  .transform((row) => ({
    region: row.region,
    waiting: row.waiting,
    beingWorked: row.being_worked,
    dueSoon: row.due_soon,
    overdue: row.overdue,
    oldestSince: row.oldest_since?.toISOString() ?? null,
  }));

/**
 * The queue by region, in the figures of the leads' strip. Each can be counted from the rows of their
 * list as it is, so a region with one case tells no more than its row; stages have no part in it.
 */
export async function stripNow(
  db: Database,
  asker: Claimer,
): Promise<readonly z.output<typeof stripRow>[]> {
  return rowsOf(
    db,
    stripRow,
    sql`with clock as materialized (select app.now() as now),
        listed as (${LISTED}),
        told as (
          select c.region, c.due_at, ${TOLD_SINCE} as since,
                 r.lease_kind is not distinct from 'active' and r.claimable_at > clock.now as worked
          from listed r join app.review_case c on c.id = r.case_id join app.route t on t.id = r.route_id
          ${judgeable(asker)} cross join clock)
        select region, count(*) filter (where not worked) as waiting, count(*) filter (where worked) as being_worked,
               count(*) filter (where due_at >= now and due_at < now + interval '1 hour') as due_soon,
               count(*) filter (where due_at < now) as overdue,
               min(since) filter (where not worked) as oldest_since
        from told cross join clock group by region order by region`,
  );
}

import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf, rowsOf } from "../database.ts";
import type { Claimer } from "./claimer.ts";
import { judgeable, LISTED, ofRegion, TOLD_SINCE } from "./listed.ts";

const bucketRow = z.object({ kind: z.enum(["age", "due"]), bucket: z.int(), count: column.count });

/**
 * How many listed cases are in each bucket between these instants: by since when they wait, as the
 * asker is told, and by when they are due. Empty buckets are left out.
 */
export async function ageing(
  db: Database,
  of: {
    readonly asker: Claimer;
    readonly region: string | null;
    readonly ages: readonly Date[];
    readonly dues: readonly Date[];
  },
): Promise<readonly z.output<typeof bucketRow>[]> {
  return rowsOf(
    db,
    bucketRow,
    sql`with clock as materialized (select app.now() as now),
        listed as (${LISTED}),
        told as (
          select date_trunc('milliseconds', ${TOLD_SINCE}) as since, date_trunc('milliseconds', c.due_at) as due_at
          from listed r join app.review_case c on c.id = r.case_id join app.route t on t.id = r.route_id
          ${judgeable(of.asker)}
          where ${ofRegion(of.region)})
        select 'age' as kind, width_bucket(since, ${instants(of.ages)}) as bucket, count(*) as count from told group by 2
        union all
        select 'due', width_bucket(due_at, ${instants(of.dues)}), count(*) from told group by 2`,
  );
}

/** When today ends, in the time zone that the deployment reports in. */
export async function endOfToday(db: Database): Promise<Date> {
  const row = await rowOf(
    db,
    z.object({ ends: column.instant }),
    sql`select (date_trunc('day', app.now() at time zone z.name) + interval '1 day') at time zone z.name as ends
        from (select coalesce(nullif((select time_zone from insights.progress), ''), 'UTC') as name) z`,
  );
  if (row === undefined) throw new Error("a question without a condition had no answer");
  return row.ends;
}

function instants(edges: readonly Date[]): SQL {
  return sql`array[${sql.join(
    edges.map((edge) => sql`${edge.toISOString()}::timestamptz`),
    sql`, `,
  )}]`;
}

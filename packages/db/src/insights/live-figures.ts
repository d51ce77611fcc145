import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf, rowsOf } from "../database.ts";
import { DAYS, type FigureFilter, spanCondition } from "./figure-source.ts";

const arrivalRow = z.object({ day: z.string(), count: z.number() });

/** Cases that came in, by day; days without any are left out. Who decided what has no part in it. */
export async function arrivalDays(
  db: Database,
  filter: Pick<FigureFilter, "from" | "to" | "region">,
): Promise<readonly z.output<typeof arrivalRow>[]> {
  return rowsOf(
    db,
    arrivalRow,
    sql`select to_char(t.start, 'YYYY-MM-DD') as day, sum(t.n)::float8 as count from insights.by_arrival t
        where ${spanCondition(filter, DAYS)} and insights.fits(t.region, ${filter.region}) group by t.start order by t.start`,
  );
}

const progressRow = z
  .object({
    time_zone: z.string(),
    rolled_at: column.instant.nullable(),
    current_to: column.instant.nullable(),
  })
  .transform((row) => ({
    timeZone: row.time_zone,
    rolledAt: row.rolled_at,
    /** Up to when everything that had happened is in the figures; null before the first build. */
    currentTo: row.current_to,
  }));
export type InsightsProgress = z.output<typeof progressRow>;

/** How far the figures are, and in which time zone their days are. */
export async function insightsProgress(db: Database): Promise<InsightsProgress> {
  const row = await rowOf(
    db,
    progressRow,
    sql`select time_zone, rolled_at, current_to from insights.progress`,
  );
  if (row === undefined) throw new Error("insights.progress has no row");
  return row;
}

const correctionRow = z.object({ day: z.string(), decisions: z.number(), at: column.instant });

/** Days whose figures changed after they had been counted, the newest correction first; 31 at most. */
export async function corrections(
  db: Database,
  filter: Pick<FigureFilter, "from" | "to">,
): Promise<readonly z.output<typeof correctionRow>[]> {
  return rowsOf(
    db,
    correctionRow,
    sql`select to_char(t.day, 'YYYY-MM-DD') as day, t.decisions::float8 as decisions, t.at from insights.correction t
        where t.day between ${filter.from}::date and ${filter.to}::date order by t.at desc limit 31`,
  );
}

/** Upper ends of the ages that the backlog is told apart by, in hours. */
export const AGE_HOURS = [1, 4, 12, 24, 48, 120] as const;

const waitingRow = z.object({
  due_hour: column.instant,
  age: z.int(),
  age_received: z.int(),
  count: z.number(),
});

/** What waits or is worked on now, by the hour in which it is due and by age since it could be claimed. */
export async function openRounds(
  db: Database,
  filter: Pick<FigureFilter, "region">,
): Promise<readonly z.output<typeof waitingRow>[]> {
  const hours = sql.raw(`array[${AGE_HOURS.join(", ")}]::float8[]`);
  return rowsOf(
    db,
    waitingRow,
    sql`with clock as materialized (select app.now() as now)
        select case when r.due_at <= k.now then r.due_at else date_trunc('hour', r.due_at) + interval '1 hour' end as due_hour,
               width_bucket(extract(epoch from k.now - r.waiting_since)::float8 / 3600, ${hours}) as age,
               width_bucket(extract(epoch from k.now - c.received_at)::float8 / 3600, ${hours}) as age_received,
               count(*)::float8 as count
        from app.round r join app.review_case c on c.id = r.case_id cross join clock k
        where r.state = 'open' and insights.fits(c.region, ${filter.region})
        group by 1, 2, 3 order by 1`,
  );
}

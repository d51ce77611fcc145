import { BUCKETS } from "@secondlook/domain/insights/histogram";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, idColumn, rowsOf } from "../database.ts";
import { type FigureFilter, filterParameters, isCrossing, rowsFrom } from "./figure-source.ts";

/** Sums of the rollup by reviewer; as floats, which both drivers deliver as numbers. */
const COUNTS = [
  "decisions",
  "handled",
  "handle_ms",
  "bucket_sum",
  "measured",
  "active_minutes",
  "cases",
  "in_time",
  "own_same",
  "own_cleared",
  "own_different",
  "own_caught",
  "own_excluded",
  "pairs",
  "agreed",
  "ratings",
  "amended",
  "toward",
  "away",
] as const;
/** Those that are told by day. */
const DAILY = [
  "decisions",
  "handled",
  "bucket_sum",
  "measured",
  "active_minutes",
  "cases",
  "in_time",
] as const;
const sumsOf = (names: readonly string[]) =>
  sql.raw(names.map((name) => `sum(t.${name})::float8 as ${name}`).join(", "));
const sums = sumsOf(COUNTS);
const dailySums = sumsOf(DAILY);
const counts = {
  decisions: z.number(),
  handled: z.number(),
  handle_ms: z.number(),
  bucket_sum: z.number(),
  measured: z.number(),
  active_minutes: z.number(),
  cases: z.number(),
  in_time: z.number(),
  own_same: z.number(),
  own_cleared: z.number(),
  own_different: z.number(),
  own_caught: z.number(),
  own_excluded: z.number(),
  pairs: z.number(),
  agreed: z.number(),
  ratings: z.number(),
  amended: z.number(),
  toward: z.number(),
  away: z.number(),
};

const cellRow = z.object({
  staff_id: idColumn("actor"),
  region: z.string(),
  month: z.string(),
  ...counts,
});
export type ReviewerCell = z.output<typeof cellRow>;

const dayRow = z.object({
  day: z.string(),
  people: z.number(),
  decisions: z.number(),
  handled: z.number(),
  bucket_sum: z.number(),
  measured: z.number(),
  active_minutes: z.number(),
  cases: z.number(),
  in_time: z.number(),
});
export type ReviewerDay = z.output<typeof dayRow>;

const histogram = sql.raw(
  `array[${Array.from({ length: BUCKETS }, (_, at) => `sum(t.hist[${at + 1}])`).join(", ")}]::float8[]`,
);
const workRow = z.object({
  /** By person, region and month: the finest that people are compared in. */
  cells: z.array(cellRow),
  /** By day; days without any work are left out. */
  days: z.array(dayRow),
  /** On how many days each person decided something. */
  worked: z.array(z.object({ staff_id: idColumn("actor"), days: z.number() })),
  /** Handle times by person and region. */
  histograms: z.array(
    z.object({
      staff_id: idColumn("actor"),
      region: z.string(),
      hist: z.array(z.number()).length(BUCKETS),
    }),
  ),
});
export type ReviewerWork = z.output<typeof workRow>;

/**
 * All that is told of people's work, in one statement: where no rollup has what the filter asks for, facts
 * are added up once and not for each part.
 */
export async function reviewerWork(db: Database, filter: FigureFilter): Promise<ReviewerWork> {
  // Facts must not be added up twice; to copy rows of a rollup costs more than to read them anew.
  const sources = isCrossing("reviewer", filter)
    ? sql`added as materialized (select t.* from insights.cross_reviewer(${filterParameters(filter)}) t),
             spans as not materialized (select t.* from added t where t.grain = 'month'),
             single as not materialized (select t.* from added t where t.grain = 'day')`
    : sql`spans as not materialized (select t.* from ${rowsFrom("reviewer", filter)}),
             single as not materialized (select t.* from ${rowsFrom("reviewer", filter, "day")})`;
  const [work] = await rowsOf(
    db,
    workRow,
    sql`with ${sources},
             person_days as materialized (select t.start, t.staff_id, ${dailySums} from single t group by 1, 2)
        select (select coalesce(json_agg(c), '[]') from (
                  select t.staff_id, t.region, to_char(t.start, 'YYYY-MM') as month, ${sums}
                  from spans t group by 1, 2, 3 order by 1, 2, 3) c) as cells,
               (select coalesce(json_agg(d), '[]') from (
                  select to_char(t.start, 'YYYY-MM-DD') as day, count(*)::float8 as people, ${dailySums}
                  from person_days t group by t.start order by t.start) d) as days,
               (select coalesce(json_agg(w), '[]') from (
                  select t.staff_id, count(*)::float8 as days from person_days t group by 1 order by 1) w) as worked,
               (select coalesce(json_agg(h), '[]') from (
                  select t.staff_id, t.region, ${histogram} as hist
                  from spans t group by 1, 2 order by 1, 2) h) as histograms`,
  );
  if (work === undefined) throw new Error("a select without from has one row");
  return work;
}

/** Work by day alone, of everybody. */
export async function workDays(
  db: Database,
  dates: Pick<FigureFilter, "from" | "to" | "region">,
): Promise<readonly ReviewerDay[]> {
  const filter = { ...dates, reviewer: null, model: null, policy: null };
  return rowsOf(
    db,
    dayRow,
    // In two steps: to count distinct people at once would sort every row.
    sql`select to_char(t.start, 'YYYY-MM-DD') as day, count(*)::float8 as people, ${dailySums}
        from (select t.start, t.staff_id, ${dailySums} from ${rowsFrom("reviewer", filter, "day")} group by 1, 2) t
        group by t.start order by t.start`,
  );
}

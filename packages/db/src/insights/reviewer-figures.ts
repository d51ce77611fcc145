import { BUCKETS } from "@secondlook/domain/insights/histogram";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { type Database, idColumn, rowsOf } from "../database.ts";
import { type FigureFilter, rowsFrom } from "./figure-source.ts";

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

// JSON, because drivers read arrays of Postgres letter by letter.
const histogram = sql.raw(
  `to_json(array[${Array.from({ length: BUCKETS }, (_, at) => `sum(t.hist[${at + 1}])`).join(", ")}])`,
);
const month = sql.raw("date_trunc('month', t.start::timestamp)");
const histogramRow = z.object({
  staff_id: idColumn("actor"),
  region: z.string(),
  hist: z.array(z.number()).length(BUCKETS),
});
const workedRow = z.object({ staff_id: idColumn("actor"), days: z.number() });

/** All that is told of people's work. */
export interface ReviewerWork {
  /** By person, region and month: the finest that people are compared in. */
  readonly cells: readonly ReviewerCell[];
  /** By day; days without any work are left out. */
  readonly days: readonly ReviewerDay[];
  /** On how many days each person decided something. */
  readonly worked: readonly z.output<typeof workedRow>[];
  /** Handle times by person and region. */
  readonly histograms: readonly z.output<typeof histogramRow>[];
}

/** The queries of each part, from rows named `t`: of any grain, and of single days. */
function partsOf(any: SQL, days: SQL): Record<keyof ReviewerWork, SQL> {
  return {
    // Without a time zone, and written out last: to name the month of every row takes a third of it.
    cells: sql`select t.staff_id, t.region, to_char(${month}, 'YYYY-MM') as month, ${sums}
               from ${any} group by 1, 2, ${month} order by 1, 2, 3`,
    // In two steps: to count distinct people at once would sort every row.
    days: sql`select to_char(t.start, 'YYYY-MM-DD') as day, count(*)::float8 as people, ${dailySums}
              from (select t.start, t.staff_id, ${dailySums} from ${days} group by 1, 2) t
              group by t.start order by t.start`,
    worked: sql`select d.staff_id, count(*)::float8 as days
                from (select distinct t.staff_id, t.start from ${days}) d group by 1`,
    histograms: sql`select t.staff_id, t.region, ${histogram} as hist from ${any} group by 1, 2`,
  };
}

/** Reads it from the rollups. */
export async function reviewerWork(db: Database, filter: FigureFilter): Promise<ReviewerWork> {
  const parts = partsOf(rowsFrom("reviewer", filter), rowsFrom("reviewer", filter, "day"));
  return {
    cells: await rowsOf(db, cellRow, parts.cells),
    days: await rowsOf(db, dayRow, parts.days),
    worked: await rowsOf(db, workedRow, parts.worked),
    histograms: await rowsOf(db, histogramRow, parts.histograms),
  };
}

/** Work by day alone, of everybody. */
export async function workDays(
  db: Database,
  dates: Pick<FigureFilter, "from" | "to" | "region">,
): Promise<ReviewerWork["days"]> {
  const rows = rowsFrom("reviewer", { ...dates, reviewer: null, model: null, policy: null }, "day");
  return rowsOf(db, dayRow, partsOf(rows, rows).days);
}

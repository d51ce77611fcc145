import { BUCKETS } from "@secondlook/domain/insights/histogram";
import { sql, type SQL } from "drizzle-orm";
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
type WorkRow = z.output<typeof workRow>;
export type ReviewerWork = { readonly [Part in keyof WorkRow]: Readonly<WorkRow[Part]> };

/** The queries of each part, from rows named `t`: of any grain, and of single days. */
function partsOf(any: SQL, days: SQL): Record<keyof ReviewerWork, SQL> {
  return {
    cells: sql`select t.staff_id, t.region, to_char(t.start, 'YYYY-MM') as month, ${sums}
               from ${any} group by 1, 2, 3 order by 1, 2, 3`,
    // In two steps: to count distinct people at once would sort every row.
    days: sql`select to_char(t.start, 'YYYY-MM-DD') as day, count(*)::float8 as people, ${dailySums}
              from (select t.start, t.staff_id, ${dailySums} from ${days} group by 1, 2) t
              group by t.start order by t.start`,
    worked: sql`select d.staff_id, count(*)::float8 as days
                from (select distinct t.staff_id, t.start from ${days}) d group by 1`,
    histograms: sql`select t.staff_id, t.region, ${histogram} as hist from ${any} group by 1, 2`,
  };
}

/** All that is told of people's work. */
export async function reviewerWork(db: Database, filter: FigureFilter): Promise<ReviewerWork> {
  if (isCrossing("reviewer", filter)) return addedUp(db, filter);
  const parts = partsOf(rowsFrom("reviewer", filter), rowsFrom("reviewer", filter, "day"));
  const { cells, days, worked, histograms } = workRow.shape;
  return {
    cells: await rowsOf(db, cells.element, parts.cells),
    days: await rowsOf(db, days.element, parts.days),
    worked: await rowsOf(db, worked.element, parts.worked),
    histograms: await rowsOf(db, histograms.element, parts.histograms),
  };
}

/** Where no rollup has what is asked, facts are added up, once for all parts. */
async function addedUp(db: Database, filter: FigureFilter): Promise<ReviewerWork> {
  const parts = partsOf(
    sql`(select * from added where grain = 'month') as t`,
    sql`(select * from added where grain = 'day') as t`,
  );
  const list = (part: SQL) => sql`(select coalesce(json_agg(p), '[]') from (${part}) p)`;
  const [work] = await rowsOf(
    db,
    workRow,
    sql`with added as materialized (select * from insights.cross_reviewer(${filterParameters(filter)}))
        select ${list(parts.cells)} as cells, ${list(parts.days)} as days,
               ${list(parts.worked)} as worked, ${list(parts.histograms)} as histograms`,
  );
  if (work === undefined) throw new Error("a select without from has one row");
  return work;
}

/** Work by day alone, of everybody. */
export async function workDays(
  db: Database,
  dates: Pick<FigureFilter, "from" | "to" | "region">,
): Promise<ReviewerWork["days"]> {
  const rows = rowsFrom("reviewer", { ...dates, reviewer: null, model: null, policy: null }, "day");
  return rowsOf(db, dayRow, partsOf(rows, rows).days);
}

import { BUCKETS } from "@secondlook/domain/insights/histogram";
import { sql } from "drizzle-orm";
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

/** Work by person, region and month: the finest that people are compared in. */
export async function reviewerCells(
  db: Database,
  filter: FigureFilter,
): Promise<readonly ReviewerCell[]> {
  return rowsOf(
    db,
    cellRow,
    sql`select t.staff_id, t.region, to_char(t.start, 'YYYY-MM') as month, ${sums}
        from ${rowsFrom("reviewer", filter)} group by 1, 2, 3 order by 1, 2, 3`,
  );
}

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

/** Work by day; days without any are left out. */
export async function workDays(
  db: Database,
  filter: FigureFilter,
): Promise<readonly ReviewerDay[]> {
  return rowsOf(
    db,
    dayRow,
    // In two steps: to count distinct people at once would sort every row.
    sql`select to_char(t.start, 'YYYY-MM-DD') as day, count(*)::float8 as people, ${dailySums}
        from (select t.start, t.staff_id, ${dailySums} from ${rowsFrom("reviewer", filter, "day")} group by 1, 2) t
        group by t.start order by t.start`,
  );
}

const daysRow = z.object({ staff_id: idColumn("actor"), days: z.number() });

/** On how many days each person decided something. */
export async function daysWorked(
  db: Database,
  filter: FigureFilter,
): Promise<readonly z.output<typeof daysRow>[]> {
  return rowsOf(
    db,
    daysRow,
    sql`select d.staff_id, count(*)::float8 as days
        from (select distinct t.staff_id, t.start from ${rowsFrom("reviewer", filter, "day")}) d group by 1`,
  );
}

const histogram = sql.raw(
  `array[${Array.from({ length: BUCKETS }, (_, at) => `sum(t.hist[${at + 1}])`).join(", ")}]::float8[]`,
);
const handleRow = z.object({
  staff_id: idColumn("actor"),
  region: z.string(),
  hist: z.array(z.number()).length(BUCKETS),
});

/** Handle times by person and region, as histograms. */
export async function handleHistograms(
  db: Database,
  filter: FigureFilter,
): Promise<readonly z.output<typeof handleRow>[]> {
  return rowsOf(
    db,
    handleRow,
    sql`select t.staff_id, t.region, ${histogram} as hist
        from ${rowsFrom("reviewer", filter)} group by 1, 2`,
  );
}

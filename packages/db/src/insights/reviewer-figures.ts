import { BUCKETS } from "@secondlook/domain/insights/histogram";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { type Database, idColumn, rowsOf } from "../database.ts";
import { DAYS, type FigureFilter, rowsFrom } from "./figure-source.ts";

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

/** A day with all its people, or a person with all their days: the other is null and counted. */
const dayOrPersonRow = z.object({
  day: z.string().nullable(),
  staff_id: idColumn("actor").nullable(),
  others: z.number(),
  decisions: z.number(),
  handled: z.number(),
  bucket_sum: z.number(),
  measured: z.number(),
  active_minutes: z.number(),
  cases: z.number(),
  in_time: z.number(),
});
type DayOrPerson = z.output<typeof dayOrPersonRow>;
export type ReviewerDay = Omit<DayOrPerson, "day" | "staff_id" | "others"> & {
  readonly day: string;
  readonly people: number;
};

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

/** All that is told of people's work. */
export interface ReviewerWork {
  /** By person, region and month: the finest that people are compared in. */
  readonly cells: readonly ReviewerCell[];
  /** By day; days without any work are left out. */
  readonly days: readonly ReviewerDay[];
  /** On how many days each person decided something. */
  readonly worked: readonly {
    readonly staff_id: NonNullable<DayOrPerson["staff_id"]>;
    readonly days: number;
  }[];
  /** Handle times by person and region. */
  readonly histograms: readonly z.output<typeof histogramRow>[];
}

/** By person, region and month, from rows named `t` of any grain. */
function cellsOf(rows: SQL): SQL {
  // Without a time zone, and written out last: to name the month of every row takes a third of it.
  return sql`select t.staff_id, t.region, to_char(${month}, 'YYYY-MM') as month, ${sums}
             from ${rows} group by 1, 2, ${month} order by 1, 2, 3`;
}

/** By day, and by person, from rows named `t` of single days. */
function daysOf(rows: SQL): SQL {
  // In two steps: to count distinct people at once would sort every row.
  return sql`select to_char(t.start, 'YYYY-MM-DD') as day, t.staff_id, count(*)::float8 as others, ${dailySums}
             from (select t.start, t.staff_id, ${dailySums} from ${rows} group by 1, 2) t
             group by grouping sets ((t.start), (t.staff_id)) order by t.start`;
}

/** Reads it from the rollups. */
export async function reviewerWork(db: Database, filter: FigureFilter): Promise<ReviewerWork> {
  const any = rowsFrom("reviewer", filter);
  return {
    cells: await rowsOf(db, cellRow, cellsOf(any)),
    ...(await readDays(db, filter)),
    histograms: await rowsOf(
      db,
      histogramRow,
      sql`select t.staff_id, t.region, ${histogram} as hist from ${any} group by 1, 2`,
    ),
  };
}

/** Work by day alone, of everybody. */
export async function workDays(
  db: Database,
  dates: Pick<FigureFilter, "from" | "to" | "region">,
): Promise<ReviewerWork["days"]> {
  const { days } = await readDays(db, { ...dates, reviewer: null, model: null, policy: null });
  return days;
}

async function readDays(
  db: Database,
  filter: FigureFilter,
): Promise<Pick<ReviewerWork, "days" | "worked">> {
  const rows = await rowsOf(db, dayOrPersonRow, daysOf(rowsFrom("reviewer", filter, DAYS)));
  return {
    days: rows.flatMap(({ day, others, ...sums }) =>
      day === null ? [] : [{ ...sums, day, people: others }],
    ),
    worked: rows.flatMap(({ staff_id, others }) =>
      staff_id === null ? [] : [{ staff_id, days: others }],
    ),
  };
}

import { type Day, type Grain, spansOf } from "@secondlook/domain/insights/reporting-day";
import { sql, type SQL } from "drizzle-orm";

/** What figures are asked for; null means every one. */
export interface FigureFilter {
  readonly from: Day;
  /** Included. */
  readonly to: Day;
  readonly reviewer: string | null;
  /** Takes in its subdivisions. */
  readonly region: string | null;
  readonly model: { readonly provider: string; readonly version: string } | null;
  readonly policy: number | null;
}

/** The rollups by what they can be filtered by besides dates and region. */
type Rollup = "reviewer" | "machine" | "pair" | "reason";

/** Whether the rollups lack what the filter asks for, so that facts have to be added up, which takes longer. */
export function isCrossing(filter: FigureFilter): boolean {
  return filter.reviewer !== null;
}

/** The same parameters for every function that adds facts up or lists cases. */
export function filterParameters(filter: FigureFilter): SQL {
  return sql`${filter.from}::date, ${filter.to}::date, ${filter.reviewer}::text, ${filter.region}::text,
             ${filter.model?.provider ?? null}::text, ${filter.model?.version ?? null}::text, ${filter.policy}::integer`;
}

const MONTHS = ["month", "day"] as const;
/** People's work has a histogram in each row, so that the fewest rows are read. */
const WEEKS = ["month", "week of month", "day"] as const;
export const DAYS = ["day"] as const;

/** The rows of a rollup that the filter asks for; in `days`, rather than in the largest units that it has. */
export function rowsFrom(rollup: Rollup, filter: FigureFilter, days?: typeof DAYS): SQL {
  if (rollup !== "reviewer" && isCrossing(filter))
    return sql`${sql.raw(`insights.cross_${rollup}`)}(${filterParameters(filter)}) as t`;
  // People's work stands twice: without models, which is a third of the rows, and with them.
  const byModel = rollup === "reviewer" && (filter.model !== null || filter.policy !== null);
  const conditions: SQL[] = [
    spanCondition(filter, days ?? (rollup === "reviewer" && !byModel ? WEEKS : MONTHS)),
  ];
  if (filter.region !== null) conditions.push(sql`insights.fits(t.region, ${filter.region})`);
  if (rollup === "reviewer" && filter.reviewer !== null)
    conditions.push(sql`t.staff_id = ${filter.reviewer}`);
  if (filter.model !== null) {
    conditions.push(
      sql`t.provider = ${filter.model.provider} and t.model_version = ${filter.model.version}`,
    );
  }
  if (filter.policy !== null) conditions.push(sql`t.policy_version = ${filter.policy}`);
  const table = sql.raw(`insights.by_${rollup}${byModel ? "_model" : ""}`);
  return sql`(select * from ${table} t where ${sql.join(conditions, sql` and `)}) as t`;
}

/** That a rollup's row, named `t`, is one of those that make up the filter's dates. */
export function spanCondition(
  { from, to }: Pick<FigureFilter, "from" | "to">,
  grains: readonly Grain[],
): SQL {
  const parts = spansOf(from, to, grains).map(
    (span) =>
      sql`(t.grain = ${span.grain} and t.start between ${span.from}::date and ${span.to}::date)`,
  );
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
}

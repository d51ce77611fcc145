import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, idColumn, rowsOf, run } from "../database.ts";
import { type FigureFilter, filterParameters } from "./figure-source.ts";

/**
 * Figures that open the cases behind them. Of attainment and agreement, which are of the good ones, the
 * others are listed: `late`, `disagreed`.
 */
export const CASE_FIGURES = [
  "throughput",
  "handle",
  "late",
  "override",
  "cleared",
  "caught",
  "own_override",
  "confirmed",
  "shift",
  "toward",
  "away",
  "disagreed",
  "own_disagreed",
  "outcome",
  "reason",
] as const;
export type CaseFigure = (typeof CASE_FIGURES)[number];

const caseRow = z
  .object({
    decision_id: idColumn("decision"),
    case_id: idColumn("case"),
    cycle: z.int(),
    subject_id: idColumn("subject"),
    decided_at: column.instant,
    decided_exact: z.string(),
    region: z.string(),
    staff_id: idColumn("actor"),
    outcome: z.enum(OUTCOMES),
  })
  .transform((row) => ({
    decisionId: row.decision_id,
    caseId: row.case_id,
    cycle: row.cycle,
    subjectId: row.subject_id,
    decidedAt: row.decided_at,
    /** With microseconds, for the place where a page ends. */
    decidedExact: row.decided_exact,
    region: row.region,
    staffId: row.staff_id,
    outcome: row.outcome,
  }));

export type CountedCase = z.output<typeof caseRow>;

/**
 * The cases behind a figure, newest first: settled ones that are not under review again. Of a share those
 * that it counts or, where the `whole` is asked for, all that they are counted among.
 */
export async function countedCases(
  db: Database,
  of: {
    readonly figure: CaseFigure;
    /** The outcome, the outcome and reason with a space between, or the score band, where the figure has one. */
    readonly detail: string | null;
    readonly whole: boolean;
    readonly filter: FigureFilter;
    readonly after: { readonly decidedAt: string; readonly decisionId: string } | null;
    readonly limit: number;
  },
): Promise<readonly CountedCase[]> {
  return rowsOf(
    db,
    caseRow,
    sql`select c.*, to_char(c.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as decided_exact
        from insights.cases(${of.figure}, ${of.detail}::text, ${of.whole}::boolean, ${filterParameters(of.filter)},
          ${of.after?.decidedAt ?? null}::timestamptz, ${of.after?.decisionId ?? null}::text, ${of.limit}::integer) c`,
  );
}

/** Notes that somebody learned what the machine said of these cases, so that they may not judge them again. */
export async function noteMachineSeen(
  tx: Database,
  staffId: string,
  cases: readonly Pick<CountedCase, "caseId" | "cycle">[],
): Promise<void> {
  if (cases.length === 0) return;
  const values = cases.map(
    ({ caseId, cycle }) => sql`(${caseId}, ${staffId}, ${cycle}::integer, 'any', 'revealed')`,
  );
  await run(
    tx,
    sql`insert into app.involvement (case_id, staff_id, cycle, round, how)
        values ${sql.join(values, sql`, `)} on conflict do nothing`,
  );
}

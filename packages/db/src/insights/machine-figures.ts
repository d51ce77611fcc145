import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowsOf } from "../database.ts";
import { type FigureFilter, rowsFrom } from "./figure-source.ts";

const COUNTS = [
  "rounds",
  "handled",
  "handle_ms",
  "cases",
  "in_time",
  "said_same",
  "cleared",
  "said_different",
  "caught",
  "said_none",
  "unresolved",
  "answered",
  "same",
  "confirmed_here",
] as const;
const sums = sql.raw(COUNTS.map((name) => `sum(t.${name})::float8 as ${name}`).join(", "));

const cellRow = z.object({
  provider: z.string(),
  model_version: z.string(),
  band: z.int(),
  region: z.string(),
  policy_version: z.int(),
  /** Asked for by the provider; -1 where it is not disclosed. */
  threshold: column.numeric,
  rounds: z.number(),
  handled: z.number(),
  handle_ms: z.number(),
  cases: z.number(),
  in_time: z.number(),
  said_same: z.number(),
  cleared: z.number(),
  said_different: z.number(),
  caught: z.number(),
  said_none: z.number(),
  unresolved: z.number(),
  answered: z.number(),
  same: z.number(),
  confirmed_here: z.number(),
});
export type MachineCell = z.output<typeof cellRow>;

/** Cases against the machine, by everything that figures are told apart by, over the whole time. */
export async function machineCells(
  db: Database,
  filter: FigureFilter,
): Promise<readonly MachineCell[]> {
  return rowsOf(
    db,
    cellRow,
    sql`select t.provider, t.model_version, t.band, t.region, t.policy_version, t.threshold, ${sums}
        from ${rowsFrom("machine", filter)} group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`,
  );
}

const pairRow = z.object({
  first: z.enum(OUTCOMES),
  second: z.enum(OUTCOMES),
  n: z.number(),
  agreed: z.number(),
});

/** How often first and second rounds came to which pair of outcomes. */
export async function roundPairs(
  db: Database,
  filter: FigureFilter,
): Promise<readonly z.output<typeof pairRow>[]> {
  return rowsOf(
    db,
    pairRow,
    sql`select t.first, t.second, sum(t.n)::float8 as n, sum(t.agreed)::float8 as agreed
        from ${rowsFrom("pair", filter)} group by 1, 2 order by 1, 2`,
  );
}

const reasonRow = z.object({ outcome: z.enum(OUTCOMES), reason: z.string(), n: z.number() });

/** How many cases had which outcome and reason; the empty reason counts the cases themselves. */
export async function outcomeReasons(
  db: Database,
  filter: FigureFilter,
): Promise<readonly z.output<typeof reasonRow>[]> {
  return rowsOf(
    db,
    reasonRow,
    sql`select t.outcome, t.reason, sum(t.n)::float8 as n
        from ${rowsFrom("reason", filter)} group by 1, 2 order by 1, 2`,
  );
}

import { BUCKETS } from "@secondlook/domain/insights/histogram";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowsOf } from "../src/database.ts";

const ROLLUPS = ["reviewer", "reviewerModel", "machine", "pair", "reason", "arrival"] as const;
type Rollup = (typeof ROLLUPS)[number];

/** The rollups' rows as texts, in order; the key first, then what was counted. */
export type Rollups = Record<Rollup, readonly string[]>;

/** Adds counts up by cell, day and month, and what people did by weeks of the month, too. */
export class Tally {
  readonly #cells = new Map<Rollup, Map<string, Record<string, number>>>(
    ROLLUPS.map((rollup) => [rollup, new Map<string, Record<string, number>>()]),
  );

  add(
    rollup: Rollup,
    day: string,
    key: readonly string[],
    counts: Readonly<Record<string, number>>,
  ): void {
    const week = ["01", "08", "15", "22"].findLast((first) => first <= day.slice(8));
    const starts = [`day ${day}`, `month ${day.slice(0, 7)}-01`];
    if (rollup === "reviewer") starts.push(`week of month ${day.slice(0, 8)}${week}`);
    for (const start of starts) {
      const name = [start, ...key].join("|");
      const cell = this.#cells.get(rollup)?.get(name) ?? {};
      for (const [count, n] of Object.entries(counts)) cell[count] = (cell[count] ?? 0) + n;
      this.#cells.get(rollup)?.set(name, cell);
    }
  }

  rollups(): Rollups {
    const texts = (rollup: Rollup): readonly string[] =>
      [...(this.#cells.get(rollup) ?? [])]
        .map(([name, cell]) => `${name}: ${Object.values(cell).join(" ")}`)
        .toSorted();
    return {
      reviewer: texts("reviewer"),
      reviewerModel: texts("reviewerModel"),
      machine: texts("machine"),
      pair: texts("pair"),
      reason: texts("reason"),
      arrival: texts("arrival"),
    };
  }
}

/** What the rollups hold, in the same form. */
export async function rollupRows(db: Database): Promise<Rollups> {
  const start = "grain || ' ' || start";
  const read = async (table: string, key: string, counts: string): Promise<readonly string[]> => {
    const rows = await rowsOf(
      db,
      z.object({ line: z.string() }),
      sql.raw(
        `select concat_ws('|', ${start}, ${key}) || ': ' || concat_ws(' ', ${counts}) as line from insights.${table}`,
      ),
    );
    return rows.map(({ line }) => line).toSorted();
  };
  const hist = Array.from({ length: BUCKETS }, (_, at) => `hist[${at + 1}]`).join(", ");
  const work = `decisions, handled, handle_ms, bucket_sum, measured, active_minutes, cases, in_time, own_same, own_cleared,
    own_different, own_caught, own_excluded, pairs, agreed, ratings, amended, toward, away, ${hist}`;
  return {
    reviewer: await read("by_reviewer", "staff_id, region", work),
    reviewerModel: await read(
      "by_reviewer_model",
      "staff_id, region, provider, model_version, policy_version",
      work,
    ),
    machine: await read(
      "by_machine",
      "provider, model_version, band, region, policy_version, trim_scale(threshold)",
      "rounds, handled, handle_ms, cases, in_time, said_same, cleared, said_different, caught, said_none, unresolved, answered, same, confirmed_here",
    ),
    pair: await read(
      "by_pair",
      "region, first, second, provider, model_version, policy_version",
      "n, agreed",
    ),
    reason: await read(
      "by_reason",
      "region, outcome, reason, provider, model_version, policy_version",
      "n",
    ),
    arrival: await read("by_arrival", "region", "n"),
  };
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf, run } from "../database.ts";

const passRow = z.object({
  state: z.enum(["rolled", "standby", "unbuilt"]),
  changes: z.int(),
  more: z.boolean(),
});
export type RollPass = z.output<typeof passRow>;

/** How many changes one pass takes in at most. */
const LIMIT = 2_000;

/**
 * Takes into the rollups what has happened since the last pass, in one transaction. `standby` where
 * another server is at it, `unbuilt` before the first `rebuildInsights`.
 */
export async function rollInsights(db: Database, limit: number = LIMIT): Promise<RollPass> {
  const row = await rowOf(
    db,
    passRow,
    sql`select p.state, p.changes, p.more from insights.roll(${limit}) p`,
  );
  if (row === undefined) throw new Error("insights.roll answered nothing");
  return row;
}

const TRIES = 20;

/**
 * Makes all figures anew, in this time zone. Whoever reads meanwhile reads the old ones.
 *
 * @returns how many decisions they rest on.
 */
export async function rebuildInsights(db: Database, timeZone: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(
        async (tx) => {
          await run(tx, sql`set local statement_timeout = 0`);
          const row = await rowOf(
            tx,
            z.object({ decisions: column.count }),
            sql`select insights.rebuild(${timeZone}) as decisions`,
          );
          return row?.decisions ?? 0;
        },
        { isolationLevel: "repeatable read" },
      );
    } catch (error) {
      if (attempt >= TRIES || !isOvertaken(error)) throw error;
    }
  }
}

/** A pass ended between the rebuild's first look and its lock. */
function isOvertaken(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "40001";
}

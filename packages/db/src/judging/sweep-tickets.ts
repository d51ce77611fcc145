import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowOf } from "../database.ts";

/**
 * Removes the tickets of reveals that open nothing any more: older than an hour, and their event
 * has its position in the log, which keeps the same event from opening the scores again.
 *
 * @returns how many
 */
export async function sweepTickets(db: Database): Promise<number> {
  const row = await rowOf(
    db,
    z.object({ swept: z.int() }),
    sql`select sealed.sweep_tickets() as swept`,
  );
  return row?.swept ?? 0;
}

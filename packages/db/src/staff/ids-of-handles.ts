import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowsOf, textArray } from "../database.ts";

/** The ids of those accounts that there are, by handle. */
export async function staffIdsOf(
  db: Database,
  handles: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf(
    db,
    z.object({ id: z.string(), handle: z.string() }),
    sql`select id, handle from app.staff where handle = any(${textArray(handles)})`,
  );
  return new Map(rows.map((row) => [row.handle, row.id]));
}

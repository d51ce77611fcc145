import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowsOf, textArray } from "../database.ts";

/** Display names of those ids that are members of staff. */
export async function staffNames(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf(
    db,
    z.object({ id: z.string(), display_name: z.string() }),
    sql`select id, display_name from app.staff where id = any(${textArray([...new Set(ids)])})`,
  );
  return new Map(rows.map((row) => [row.id, row.display_name]));
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowOf, run } from "../database.ts";

/** What a person chose, as it was kept; undefined where they never chose anything. */
export async function findPreferences(db: Database, staffId: string): Promise<unknown> {
  const row = await rowOf(
    db,
    z.object({ content: z.unknown() }),
    sql`select content from app.preference where staff_id = ${staffId}`,
  );
  return row?.content;
}

/** Keeps what a person chose in place of what they chose before. */
export async function keepPreferences(
  db: Database,
  of: { readonly staffId: string; readonly content: object },
): Promise<void> {
  await run(
    db,
    sql`insert into app.preference (staff_id, content) values (${of.staffId}, ${JSON.stringify(of.content)}::jsonb)
        on conflict (staff_id) do update set content = excluded.content, saved_at = app.now()`,
  );
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowsOf } from "../database.ts";

const entryRow = z
  .object({ idx: column.count, leaf: column.bytes })
  .transform((row) => ({ index: row.idx, leaf: row.leaf }));

export type TimelineEntry = z.output<typeof entryRow>;

/** What the log holds of a case, the newest first, as far as it has positions; by the reader's log-in. */
export async function timelineOf(
  reader: Database,
  of: { readonly caseId: string; readonly limit: number },
): Promise<readonly TimelineEntry[]> {
  return rowsOf(
    reader,
    entryRow,
    sql`select idx, leaf from audit.entry where case_id = ${of.caseId} order by idx desc limit ${of.limit}`,
  );
}

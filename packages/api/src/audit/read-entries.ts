import type { Database } from "@secondlook/db/database";
import { run } from "@secondlook/db/database";
import {
  type EntryFilter,
  type FoundEntry,
  searchEntries,
} from "@secondlook/db/audit/search-entries";
import { sql } from "drizzle-orm";
import { Refusal } from "../core/refusal.ts";
import { sqlState } from "../core/sql-state.ts";

/** Rows of one page, and what the event of the reading says as its limit. */
export const AUDIT_PAGE = 50;

/** SQLSTATE of a statement that ran out of its time. */
const TIMED_OUT = "57014";

/** Where a page begins: below this place, and how manieth it is. */
export interface AuditCursor {
  readonly before: number;
  readonly page: number;
}

/**
 * One page of the log's read model, by the reader's log-in; gives up after ten seconds. Call it once
 * the reading itself is in the log.
 */
export async function readEntries(
  reader: Database,
  filter: EntryFilter,
  cursor: AuditCursor | null,
): Promise<{ readonly rows: readonly FoundEntry[]; readonly nextCursor: AuditCursor | null }> {
  try {
    const found = await reader.transaction(
      async (tx) => {
        await run(tx, sql`set local statement_timeout = '10s'`);
        return searchEntries(tx, filter, {
          before: cursor?.before ?? null,
          limit: AUDIT_PAGE + 1,
        });
      },
      { accessMode: "read only" },
    );
    const rows = found.slice(0, AUDIT_PAGE);
    const last = rows.at(-1);
    return {
      rows,
      nextCursor:
        found.length > AUDIT_PAGE && last !== undefined
          ? { before: last.index, page: (cursor?.page ?? 1) + 1 }
          : null,
    };
  } catch (error) {
    if (sqlState(error) !== TIMED_OUT) throw error;
    throw new Refusal(
      "invalid_input",
      "This search takes too long; name a case, an account or fewer days.",
      { cause: error },
    );
  }
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowsOf, textArray } from "../database.ts";

/** What a search of the log is narrowed down by; null is no bound. */
export interface EntryFilter {
  readonly kind: string | null;
  readonly actor: string | null;
  readonly caseId: string | null;
  readonly subjectId: string | null;
  /** Days in UTC, both included. */
  readonly from: string | null;
  readonly to: string | null;
  /** Kinds that are left out. */
  readonly without?: readonly string[];
}

const entryRow = z
  .object({
    idx: column.count,
    eid: z.string(),
    kind: z.string(),
    at: column.instant,
    actor: z.string(),
    actor_role: z.string(),
    outcome: z.string(),
    case_id: z.string().nullable(),
    subject_id: z.string().nullable(),
  })
  .transform((row) => ({
    index: row.idx,
    eid: row.eid,
    kind: row.kind,
    at: row.at,
    actor: row.actor,
    role: row.actor_role,
    outcome: row.outcome,
    caseId: row.case_id,
    subjectId: row.subject_id,
  }));

export type FoundEntry = z.output<typeof entryRow>;

/**
 * Entries of the log's read model, newest first by their place. New events get higher places, so a
 * page that begins below the last one's place neither misses nor repeats any.
 *
 * @param page `before`: the place that the page ends below; null for the newest
 */
export async function searchEntries(
  reader: Database,
  filter: EntryFilter,
  page: { readonly before: number | null; readonly limit: number },
): Promise<readonly FoundEntry[]> {
  const { kind, actor, caseId, subjectId, from, to, without = [] } = filter;
  const all = sql.join(
    [
      sql`true`,
      ...(page.before === null ? [] : [sql`idx < ${page.before}`]),
      ...(kind === null ? [] : [sql`kind = ${kind}`]),
      ...(actor === null ? [] : [sql`actor = ${actor}`]),
      ...(caseId === null ? [] : [sql`case_id = ${caseId}`]),
      ...(subjectId === null ? [] : [sql`subject_id = ${subjectId}`]),
      ...(from === null ? [] : [sql`at >= ${from}::date at time zone 'UTC'`]),
      ...(to === null ? [] : [sql`at < (${to}::date + 1) at time zone 'UTC'`]),
      ...(without.length === 0 ? [] : [sql`kind <> all(${textArray(without)})`]),
    ],
    sql` and `,
  );
  return rowsOf(
    reader,
    entryRow,
    sql`select idx, eid, kind, at, actor, actor_role, outcome, case_id, subject_id
        from audit.entry where ${all} order by idx desc limit ${page.limit}`,
  );
}

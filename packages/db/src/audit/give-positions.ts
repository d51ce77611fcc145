import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf } from "../database.ts";
import { fillEntries } from "./fill-entries.ts";
import type { ScanRange } from "./scan-range.ts";

/** Positions that one pass gives at most. */
export const PASS_LIMIT = 16_384;

/** What one pass over the intake did. */
export interface GivenPositions {
  /** Positions given now. */
  readonly given: number;
  /** The log's size after it. */
  readonly size: number;
  /** The limit was reached: there may be more. */
  readonly more: boolean;
}

const xid = z.string().regex(/^\d+$/).transform(BigInt);
const scanRow = z.object({ xmin: xid, xmax: xid, before: column.count, given: column.count });

/**
 * Gives the events that have none their positions, and fills the read model, in one transaction
 * under the row lock of `audit.head`. Undefined where another process holds that lock.
 */
export async function givePositions(
  db: Database,
  range: ScanRange,
  limit: number = PASS_LIMIT,
): Promise<GivenPositions | undefined> {
  const scan = await db
    .transaction(async (tx) => {
      await rowOf(tx, z.unknown(), sql`select 1 from audit.head for update nowait`);
      await range.begin(tx);
      // One statement, so that the watermark is that of the snapshot which looked for the events:
      // a smaller id may commit later, but no smaller transaction than this snapshot's xmin.
      const found = await rowOf(
        tx,
        scanRow,
        sql`with snap as materialized (
              select pg_snapshot_xmin(s) as xmin, pg_snapshot_xmax(s) as xmax from pg_current_snapshot() as s),
            log as materialized (select coalesce(max(idx) + 1, 0) as size from audit.position),
            todo as (
              select e.id, e.xid from audit.event e
              where ${range.waiting}
              order by e.xid, e.id limit ${limit}),
            given as (
              insert into audit.position (idx, event_id)
              select log.size + row_number() over (order by todo.xid, todo.id) - 1, todo.id from todo, log
              returning 1)
            select snap.xmin::text, snap.xmax::text, log.size as before, (select count(*) from given) as given
            from snap, log`,
      );
      if (found === undefined) throw new Error("the scan of the log's intake gave no row");
      await fillEntries(tx, found.before, found.before + found.given);
      return found;
    })
    .catch((error: unknown) => {
      if (isLockTaken(error)) return undefined;
      throw error;
    });
  if (scan === undefined) return undefined;
  const size = scan.before + scan.given;
  const more = scan.given >= limit;
  // With the limit reached, events below xmin may be left over: the range stays as it is.
  if (!more) range.scanned(scan.xmin, scan.xmax, size, true);
  return { given: scan.given, size, more };
}

/** `lock_not_available`, under Drizzle's own error. */
function isLockTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { cause } = error;
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "55P03";
}

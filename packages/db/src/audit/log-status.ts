import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf } from "../database.ts";
import { ScanRange } from "./scan-range.ts";

/** How the log stands, by the database's clock. */
export interface LogStatus {
  /** Events under a signed head. */
  readonly size: number;
  /** Age of the newest signed head; null before the first. */
  readonly headAgeSeconds: number | null;
  /** How long the oldest event without a position has waited; 0 where none waits. */
  readonly oldestUnsequencedSeconds: number;
}

const seconds = z.union([z.number(), z.string()]).transform((value) => Math.max(0, Number(value)));
const xid = z.string().regex(/^\d+$/).transform(BigInt);
const statusRow = z.object({
  xmin: xid,
  xmax: xid,
  size: column.count,
  head_size: column.count.nullable(),
  head_age: seconds.nullable(),
  settled: z.boolean(),
  waiting_from: xid.nullable(),
  waiting_age: seconds.nullable(),
});

/** Reads how the log stands; cheap after its first reading, which goes through the whole log. */
export function createLogStatus(db: Database): { read(): Promise<LogStatus> } {
  const range = new ScanRange();
  return {
    async read() {
      await range.begin(db);
      const row = await rowOf(
        db,
        statusRow,
        sql`with snap as materialized (
              select pg_snapshot_xmin(s) as xmin, pg_snapshot_xmax(s) as xmax from pg_current_snapshot() as s),
            waiting as materialized (
              select e.xid, e.id, e.at from audit.event e where ${range.waiting}),
            newest as materialized (
              select size, extract(epoch from clock_timestamp() - at)::float8 as age
              from audit.checkpoint order by size desc limit 1)
            select xmin::text, xmax::text,
                   (select coalesce(max(idx) + 1, 0) from audit.position) as size,
                   (select size from newest) as head_size, (select age from newest) as head_age,
                   not exists (select from waiting where id <= ${range.seen}::bigint) as settled,
                   (select xid from waiting order by xid limit 1)::text as waiting_from,
                   (select extract(epoch from clock_timestamp() - min(at))::float8 from waiting) as waiting_age
            from snap`,
      );
      if (row === undefined) throw new Error("the log's status gave no row");
      const { xmin, waiting_from: first } = row;
      range.scanned(first !== null && first < xmin ? first : xmin, row.xmax, row.size, row.settled);
      return {
        size: row.head_size ?? 0,
        headAgeSeconds: row.head_age,
        oldestUnsequencedSeconds: row.waiting_age ?? 0,
      };
    },
  };
}

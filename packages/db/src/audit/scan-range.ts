import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowOf } from "../database.ts";

const id = z.union([z.string(), z.number(), z.bigint()]).transform(String);
const beginRow = z.object({ seen: id, restored: id });

/**
 * Which part of the intake may still hold events without a position. Kept in memory only and
 * started at 0: a restored cluster has smaller transaction ids (AUDIT-LOG section 2.4).
 *
 * There the events carry ids of the cluster that they come from, and the new cluster's own ids run
 * into them later. So what was there at the beginning is told by its row's id as well.
 */
export class ScanRange {
  #watermark = 0n;
  #floor = 0;
  #scans: { readonly xmax: bigint; readonly size: number }[] = [];
  #begin: z.output<typeof beginRow> | undefined;
  #settled = false;

  /** Looks at what is there before the first scan. */
  async begin(db: Database): Promise<void> {
    // A visible event at or above the snapshot's xmax can only have come from another cluster, and
    // the sequence of row ids goes on behind it.
    this.#begin ??= await rowOf(
      db,
      beginRow,
      sql`select coalesce((select max(id) from audit.event), 0) as seen,
                 coalesce((select max(id) from audit.event
                           where xid >= pg_snapshot_xmax(pg_current_snapshot())), 0) as restored`,
    );
  }

  /** The condition on `audit.event e` that finds every event without a position. */
  get waiting(): SQL {
    const { seen, restored } = this.#begin ?? { seen: "0", restored: "0" };
    // With the floor at 0 the first condition alone looks through the whole log. The second is a
    // scalar subquery, so that it is never turned into a hash of all positions.
    return sql`e.xid >= ${String(this.#watermark)}::xid8
      and e.id > ${this.#settled ? restored : "0"}::bigint
      and not exists (select from audit.position p where p.event_id = e.id and p.idx >= ${this.#floor})
      and (e.id > ${this.#floor === 0 ? "0" : seen}::bigint
           or (select p.idx from audit.position p where p.event_id = e.id limit 1) is null)`;
  }

  /** The last row id that was there at the beginning. */
  get seen(): string {
    return this.#begin?.seen ?? "0";
  }

  /**
   * Takes note of a scan after which every event that its snapshot saw below `upTo` has a position.
   *
   * @param upTo `pg_snapshot_xmin` of the scanning snapshot, or the first transaction left over
   * @param xmax `pg_snapshot_xmax` of it: it saw no event at or above, but for restored ones
   * @param size the log's size after the scan
   * @param settled whether all that was there at the beginning has its position
   */
  scanned(upTo: bigint, xmax: bigint, size: number, settled: boolean): void {
    this.#settled ||= settled;
    this.#scans.push({ xmax, size });
    if (upTo > this.#watermark) this.#watermark = upTo;
    // A scan gives positions only below its xmax; so what later ones gave starts at its size.
    const past = this.#scans.findLastIndex((scan) => scan.xmax <= this.#watermark);
    const last = this.#scans[past];
    if (last === undefined) return;
    this.#floor = last.size;
    this.#scans = this.#scans.slice(past + 1);
  }
}

/**
 * Which part of the intake may still hold events without a position. Kept in memory only and
 * started at 0: a restored cluster has smaller transaction ids (AUDIT-LOG section 2.4).
 */
export class ScanRange {
  #watermark = 0n;
  #floor = 0;
  #scans: { readonly xmax: bigint; readonly size: number }[] = [];

  /** Every event of a lower transaction id has its position, or was rolled back. */
  get watermark(): string {
    return String(this.#watermark);
  }

  /** No event at or above the watermark has a position below this one. */
  get floor(): number {
    return this.#floor;
  }

  /**
   * Takes note of a scan after which every event that its snapshot saw below `upTo` has a position.
   *
   * @param upTo `pg_snapshot_xmin` of the scanning snapshot, or the first transaction left over
   * @param xmax `pg_snapshot_xmax` of it: it saw no event at or above
   * @param size the log's size after the scan
   */
  scanned(upTo: bigint, xmax: bigint, size: number): void {
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

import { equalBytes, toBase64 } from "@secondlook/audit/bytes";
import { openCheckpoint } from "@secondlook/audit/checkpoint";
import type { Findings } from "@secondlook/audit/finding";
import { Frontier } from "@secondlook/audit/merkle";
import { NoteError, type VerifierKey } from "@secondlook/audit/note-key";
import type { Sha256 } from "@secondlook/audit/sha256";
import { type FullTile, TileEdge } from "@secondlook/audit/tile-edge";
import { tileLevels } from "@secondlook/audit/tiles";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf, rowsOf } from "../database.ts";
import { type StoredHead, storedHeads } from "./log-pages.ts";

/** A signed head: stored beside the leaves, or kept outside the database. */
interface Head {
  readonly size: number;
  readonly root: Uint8Array;
  readonly kept: boolean;
}

const countRow = z.object({ tiles: column.count });
const newestRow = z.object({ size: column.count });

/**
 * Compares the tree over the leaves with every signed head and every stored tile, leaf by leaf, so
 * that the first head which no longer fits tells between which two the log was changed.
 */
export class TreeCheck {
  readonly #db: Database;
  readonly #key: VerifierKey;
  readonly #findings: Findings;
  readonly #stored: AsyncGenerator<StoredHead, void, undefined>;
  readonly #kept: Head[] = [];
  readonly #frontier: Frontier;
  readonly #edge: TileEdge;
  #next: Head | undefined;
  /** Size of the last head that fits, and whether one that doesn't was reported. */
  #sound = 0;
  #broken = false;
  /** Size that the newest stored head says, believed only for which tiles must be there. */
  #newest = 0;
  /** Once finished: size of the newest stored head that is signed by the key; 0 before the first. */
  signed = 0;

  constructor(db: Database, key: VerifierKey, findings: Findings, sha256: Sha256) {
    this.#db = db;
    this.#key = key;
    this.#findings = findings;
    this.#stored = storedHeads(db);
    this.#frontier = new Frontier(sha256);
    this.#edge = new TileEdge(sha256);
  }

  get size(): number {
    return this.#frontier.size;
  }

  get root(): string {
    return toBase64(this.#frontier.root());
  }

  /** Opens the kept checkpoints and the first stored one. */
  async start(keptNotes: readonly string[]): Promise<void> {
    for (const note of keptNotes) {
      const head = await this.#open(note, true, "A checkpoint that was kept outside the database");
      if (head !== undefined) this.#kept.push(head);
    }
    const newest = await rowOf(
      this.#db,
      newestRow,
      sql`select coalesce(max(size), 0) as size from audit.checkpoint`,
    );
    this.#newest = newest?.size ?? 0;
    this.#next = await this.#advance();
    await this.#compareHeads();
  }

  /** Adds the next leaves' hashes. */
  async add(hashes: readonly Uint8Array[]): Promise<void> {
    const filled: FullTile[] = [];
    for (const hash of hashes) {
      filled.push(...this.#edge.append([hash]));
      this.#frontier.append(hash);
      await this.#compareHeads();
    }
    await this.#compareTiles(filled);
  }

  /** What is left once all leaves were added. */
  async finish(): Promise<void> {
    const ahead = this.#kept.filter(({ size }) => size > this.size);
    for (; this.#next !== undefined; this.#next = await this.#advance()) ahead.push(this.#next);
    const largest = ahead.toSorted((a, b) => b.size - a.size)[0];
    if (largest !== undefined) {
      this.#findings.problem({
        code: largest.kept ? "shrunk" : "count_mismatch",
        message: `A ${largest.kept ? "checkpoint kept outside the database" : "stored checkpoint"} is over ${largest.size} leaves, but the database holds ${this.size}: the log was cut, or it is an older copy.`,
      });
    }
    await this.#countTiles();
  }

  async #advance(): Promise<Head | undefined> {
    for (;;) {
      const step = await this.#stored.next();
      if (step.done === true) return undefined;
      const { value } = step;
      const head = await this.#open(
        value.note,
        false,
        `The stored checkpoint over ${value.size} leaves`,
      );
      if (head !== undefined && head.size !== value.size) {
        const message = `The stored checkpoint over ${value.size} leaves says ${head.size}: it was changed.`;
        this.#findings.problem({ code: "head_mismatch", at: value.size, message });
      } else if (head !== undefined) {
        this.signed = head.size;
        return head;
      }
    }
  }

  async #open(note: string, kept: boolean, what: string): Promise<Head | undefined> {
    try {
      const { size, root } = await openCheckpoint(note, this.#key);
      return { size, root, kept };
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      const code = kept ? "bad_older_checkpoint" : "head_mismatch";
      this.#findings.problem({ code, message: `${what} can't be used. ${error.message}` });
      return undefined;
    }
  }

  async #compareHeads(): Promise<void> {
    for (const head of this.#kept.filter(({ size }) => size === this.size)) this.#compare(head);
    while (this.#next?.size === this.size) {
      this.#compare(this.#next);
      this.#next = await this.#advance();
    }
  }

  #compare({ size, root, kept }: Head): void {
    if (equalBytes(this.#frontier.root(), root)) {
      if (!this.#broken) this.#sound = size;
      return;
    }
    // All later heads differ as well; a kept one is told apart, because the database can't alter it.
    if (this.#broken && !kept) return;
    this.#broken = true;
    const where = this.#sound > 0 ? ` The first ${this.#sound} are still as they were signed.` : "";
    this.#findings.problem({
      code: kept ? "older_root_mismatch" : "root_mismatch",
      at: this.#sound,
      message: `The first ${size} leaves are not those that were signed when there were ${size}: one of them was changed, added, removed or moved.${where}`,
    });
  }

  async #compareTiles(tiles: readonly FullTile[]): Promise<void> {
    for (const { level, n, data } of tiles) {
      const [stored] = await rowsOf(
        this.#db,
        z.object({ data: column.bytes }),
        sql`select data from audit.tile where level = ${level} and n = ${n}`,
      );
      // Tiles past the newest head may not be written yet.
      const due = (n + 1) * 256 ** (level + 1) <= this.#newest;
      if (stored === undefined ? !due : equalBytes(stored.data, data)) continue;
      const fault = stored === undefined ? "is missing" : "holds other hashes than the leaves have";
      const message = `Tile ${n} of level ${level} ${fault}.`;
      this.#findings.problem({ code: "tile_mismatch", at: n * 256 ** (level + 1), message });
    }
  }

  async #countTiles(): Promise<void> {
    const levels = tileLevels(this.size).map(
      ({ level, full }) => sql`(level = ${level} and n between 0 and ${full - 1})`,
    );
    const known = levels.length === 0 ? sql`false` : sql.join(levels, sql` or `);
    const row = await rowOf(
      this.#db,
      countRow,
      sql`select count(*) as tiles from audit.tile where not (${known})`,
    );
    if (row === undefined || row.tiles === 0) return;
    const message = `${row.tiles} stored tiles belong to no place in the tree.`;
    this.#findings.problem({ code: "tile_mismatch", message });
  }
}

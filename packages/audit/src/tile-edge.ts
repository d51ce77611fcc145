import { concatBytes } from "./bytes.ts";
import { HASH_BYTES, TreeRangeError } from "./merkle.ts";
import { portableSha256, type Sha256 } from "./sha256.ts";
import {
  readTile,
  TILE_WIDTH,
  type TileId,
  tileLevels,
  tileRoot,
  type TileSource,
} from "./tiles.ts";

/** A full tile and its 8,192 bytes. */
export interface FullTile extends TileId {
  readonly data: Uint8Array;
}

/**
 * The partial tiles at the right edge of a growing tree, kept in memory by whoever writes full
 * tiles: each leaf costs no read, each full tile is given out once, in the order of its filling.
 */
export class TileEdge {
  readonly #sha256: Sha256;
  readonly #levels: { full: number; hashes: Uint8Array[] }[] = [];
  #size = 0;

  constructor(sha256: Sha256 = portableSha256) {
    this.#sha256 = sha256;
  }

  /** The edge of an existing tree (at a start: reads at most 255 full tiles a level). */
  static async load(
    source: TileSource,
    size: number,
    sha256: Sha256 = portableSha256,
  ): Promise<TileEdge> {
    const edge = new TileEdge(sha256);
    for (const { level, full, partial } of tileLevels(size)) {
      const data =
        partial === 0
          ? new Uint8Array(0)
          : await readTile(source, { level, n: full, width: partial }, sha256);
      const hashes = Array.from({ length: partial }, (_, index) =>
        data.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES),
      );
      edge.#levels.push({ full, hashes });
    }
    edge.#size = size;
    return edge;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds leaf hashes and gives the tiles that they fill. */
  append(leafHashes: readonly Uint8Array[]): FullTile[] {
    const filled: FullTile[] = [];
    for (const hash of leafHashes) {
      if (hash.length !== HASH_BYTES) throw new TreeRangeError("A leaf hash has 32 bytes.");
      this.#push(0, hash, filled);
      this.#size += 1;
    }
    return filled;
  }

  #push(level: number, hash: Uint8Array, filled: FullTile[]): void {
    const row = (this.#levels[level] ??= { full: 0, hashes: [] });
    row.hashes.push(hash);
    if (row.hashes.length < TILE_WIDTH) return;
    const data = concatBytes(...row.hashes);
    filled.push({ level, n: row.full, width: TILE_WIDTH, data });
    row.hashes = [];
    row.full += 1;
    this.#push(level + 1, tileRoot(data, this.#sha256), filled);
  }
}

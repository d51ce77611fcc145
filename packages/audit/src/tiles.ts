import { concatBytes } from "./bytes.ts";
import { assertTreeSize, HASH_BYTES, nodeHash, type NodeReader, TreeRangeError } from "./merkle.ts";
import { portableSha256, type Sha256 } from "./sha256.ts";

/** Hashes of a full tile (c2sp.org/tlog-tiles): 256, which are 8,192 bytes. */
export const TILE_WIDTH = 256;

/** Which tile: its level, its index in the level, and its width where it is partial (below 256). */
export interface TileId {
  readonly level: number;
  readonly n: number;
  readonly width: number;
}

/** Levels of 256: 2^53 leaves fill seven of them. */
const MAX_LEVEL = 6;

/** C2SP path without the leading slash: `tile/0/x001/x234/067`, `tile/1/000.p/17`. */
export function tilePath({ level, n, width }: TileId): string {
  const groups = [String(n % 1000).padStart(3, "0")];
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return `tile/${level}/${groups.join("/")}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** Reads a C2SP tile path strictly; undefined for anything that `tilePath` would not write. */
export function parseTilePath(path: string): TileId | undefined {
  const match = /^tile\/([0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(
    path,
  );
  if (match === null) return undefined;
  const id = {
    level: Number(match[1]),
    n: Number(match[2]?.replaceAll(/[x/]/g, "")),
    width: match[3] === undefined ? TILE_WIDTH : Number(match[3]),
  };
  const sound = id.level <= MAX_LEVEL && Number.isSafeInteger(id.n) && id.width > 0;
  // Writing it again catches needless zeros and a full tile written as `.p/256`.
  return sound && tilePath(id) === path ? id : undefined;
}

/** Full tiles and the width of the partial one (0: none) at a level of a tree. */
export function tilesAt(level: number, size: number): { full: number; partial: number } {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return { full: Math.floor(hashes / TILE_WIDTH), partial: hashes % TILE_WIDTH };
}

/** All tiles that represent a tree, level by level; full ones are counted, not listed. */
export function tileLevels(size: number): { level: number; full: number; partial: number }[] {
  assertTreeSize(size);
  const levels: { level: number; full: number; partial: number }[] = [];
  for (let level = 0; size >= TILE_WIDTH ** level && size > 0; level += 1) {
    levels.push({ level, ...tilesAt(level, size) });
  }
  return levels;
}

/** Full tiles that a tree of `newSize` has and one of `oldSize` had not, lowest level first. */
export function newFullTiles(oldSize: number, newSize: number): TileId[] {
  return tileLevels(newSize).flatMap(({ level, full }) => {
    const before = tilesAt(level, oldSize).full;
    return Array.from({ length: Math.max(0, full - before) }, (_, index) => ({
      level,
      n: before + index,
      width: TILE_WIDTH,
    }));
  });
}

/** Where hashes come from: the database, a mirror, an export. */
export interface TileSource {
  /** A stored full tile's 8,192 bytes; undefined where none is stored (it is then computed). */
  fullTile(level: number, n: number): Promise<Uint8Array | undefined>;
  /** Leaf hashes [from, to). */
  leafHashes(from: number, to: number): Promise<readonly Uint8Array[]>;
}

/** A tile does not have the bytes that its place asks for. */
export class TileError extends Error {
  override readonly name = "TileError";
}

/**
 * Bytes of a tile: a stored full one, or made from the leaf hashes or the tiles below.
 * The caller sees to it that the tree is large enough to have it (`tilesAt`).
 * @throws TileError where the source gives too few or malformed hashes
 */
export async function readTile(
  source: TileSource,
  { level, n, width }: TileId,
  sha256: Sha256 = portableSha256,
): Promise<Uint8Array> {
  const stored = await source.fullTile(level, n);
  if (stored !== undefined) {
    if (stored.length !== TILE_WIDTH * HASH_BYTES) throw new TileError(lengthFault(level, n));
    return stored.subarray(0, width * HASH_BYTES);
  }
  const first = n * TILE_WIDTH;
  const hashes: Uint8Array[] = [];
  if (level === 0) {
    hashes.push(...(await source.leafHashes(first, first + width)));
  } else {
    for (let index = first; index < first + width; index += 1) {
      const below = { level: level - 1, n: index, width: TILE_WIDTH };
      hashes.push(tileRoot(await readTile(source, below, sha256), sha256));
    }
  }
  const tile = concatBytes(...hashes);
  if (tile.length !== width * HASH_BYTES) throw new TileError(lengthFault(level, n));
  return tile;
}

/** Hash of a full tile: the one hash that stands for it in the level above. */
export function tileRoot(tile: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  if (tile.length !== TILE_WIDTH * HASH_BYTES) throw new TileError("A full tile has 8192 bytes.");
  return foldHashes(tile, sha256);
}

/**
 * Reads any perfect node of a tree of `size` leaves out of its tiles: for proofs, for
 * `Frontier.load`. Keeps the tiles it has read: make a new reader for each task.
 */
export function nodeReader(
  source: TileSource,
  size: number,
  sha256: Sha256 = portableSha256,
): NodeReader {
  assertTreeSize(size);
  const tiles = new Map<string, Promise<Uint8Array>>();
  return async (level, index) => {
    if ((index + 1) * 2 ** level > size) {
      throw new TreeRangeError("The tree has no such node yet.");
    }
    const tileLevel = Math.floor(level / 8);
    const span = 2 ** (level % 8);
    const first = index * span;
    const n = Math.floor(first / TILE_WIDTH);
    const { full, partial } = tilesAt(tileLevel, size);
    const width = n < full ? TILE_WIDTH : partial;
    const key = `${tileLevel}/${n}`;
    const tile = tiles.get(key) ?? readTile(source, { level: tileLevel, n, width }, sha256);
    tiles.set(key, tile);
    const start = (first % TILE_WIDTH) * HASH_BYTES;
    return foldHashes((await tile).subarray(start, start + span * HASH_BYTES), sha256);
  };
}

/** Root of the perfect subtree over 2^k hashes that stand one after the other. */
function foldHashes(hashes: Uint8Array, sha256: Sha256): Uint8Array {
  let row: Uint8Array[] = Array.from({ length: hashes.length / HASH_BYTES }, (_, index) =>
    hashes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let index = 0; index < row.length; index += 2) {
      const [left, right] = [row[index], row[index + 1]];
      if (left === undefined || right === undefined) throw new TileError("A tile has an odd end.");
      above.push(nodeHash(left, right, sha256));
    }
    row = above;
  }
  const [root] = row;
  if (root === undefined) throw new TileError("A tile is empty.");
  return root;
}

function lengthFault(level: number, n: number): string {
  return `Tile ${n} of level ${level} does not have the hashes that its place in the tree asks for.`;
}

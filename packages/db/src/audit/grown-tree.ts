import { openCheckpoint, type OpenedCheckpoint } from "@secondlook/audit/checkpoint";
import { equalBytes } from "@secondlook/audit/bytes";
import { Frontier, type NodeReader } from "@secondlook/audit/merkle";
import { NoteError, type VerifierKey } from "@secondlook/audit/note-key";
import type { Sha256 } from "@secondlook/audit/sha256";
import { type FullTile, TileEdge } from "@secondlook/audit/tile-edge";
import { nodeReader, TileError } from "@secondlook/audit/tiles";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowsOf, run } from "../database.ts";
import { SequencerError } from "./sequencer-error.ts";
import { leafHashes, logSize, newestCheckpoint, treeSource } from "./tree-source.ts";

/** Leaf hashes read back at a time: half a megabyte. */
const PAGE = 16_384;
/** Tiles written by one statement: half a megabyte as well. */
const TILES = 64;

const tileRow = z.object({ level: z.int(), n: column.count, data: column.bytes });

/** The right edge of the tree over what the database has committed, with the newest signed head. */
export interface GrownTree {
  readonly frontier: Frontier;
  readonly edge: TileEdge;
  /** The newest head this log is known to have signed; undefined before the first. */
  signed: { readonly size: number; readonly root: Uint8Array } | undefined;
  /** Size of the newest stored head: 0 before the first, and below `signed` after a refill. */
  stored: number;
}

/**
 * Rebuilds the tree at a start: from the tiles and the leaves beyond them, up to the newest stored
 * checkpoint, whose root must come out. A checkpoint kept outside the database must be of this tree
 * as well; a restored or cut database is found here, before anything is signed.
 *
 * @param published the note that was last published, if one is known
 * @throws SequencerError
 */
export async function loadTree(
  db: Database,
  options: {
    readonly key: VerifierKey;
    readonly published: string | undefined;
    readonly sha256: Sha256;
  },
): Promise<GrownTree> {
  const { key, sha256 } = options;
  const stored = await openKept(await newestCheckpoint(db), key, "The newest stored checkpoint");
  const published = await openKept(
    options.published,
    key,
    "The checkpoint that was published last",
  );
  const count = await logSize(db);
  const source = treeSource(db);
  for (const head of [published, stored]) {
    if (head === undefined) continue;
    if (head.size > count) throw behind(head.size, count);
    const known = await loadFrontier(head.size, nodeReader(source, count, sha256), sha256);
    if (!equalBytes(known.root(), head.root)) throw otherRoot(head.size);
  }
  const size = stored?.size ?? 0;
  const frontier = await Frontier.load(size, nodeReader(source, size, sha256), sha256);
  const signed = [stored, published].reduce(
    (newest, head) => (head !== undefined && head.size >= (newest?.size ?? 0) ? head : newest),
    undefined,
  );
  return { frontier, edge: await TileEdge.load(source, size, sha256), signed, stored: size };
}

async function loadFrontier(size: number, read: NodeReader, sha256: Sha256): Promise<Frontier> {
  try {
    return await Frontier.load(size, read, sha256);
  } catch (error) {
    // A signed leaf is missing, or a tile is too short.
    if (error instanceof TileError) throw otherRoot(size, error);
    throw error;
  }
}

/** Reads committed leaf hashes back up to `size`, extends the tree and stores the tiles it fills. */
export async function growTree(db: Database, tree: GrownTree, size: number): Promise<void> {
  if (size < tree.frontier.size) throw behind(tree.frontier.size, size);
  while (tree.frontier.size < size) {
    const from = tree.frontier.size;
    const to = Math.min(from + PAGE, size);
    const hashes = await leafHashes(db, from, to);
    if (hashes.length !== to - from) {
      throw new SequencerError(
        "behind",
        `The database lacks events between positions ${from} and ${to}: they were removed. Nothing is signed; run “audit verify”.`,
      );
    }
    const filled = tree.edge.append(hashes);
    for (const hash of hashes) tree.frontier.append(hash);
    for (let start = 0; start < filled.length; start += TILES) {
      await storeTiles(db, filled.slice(start, start + TILES));
    }
  }
}

async function storeTiles(db: Database, tiles: readonly FullTile[]): Promise<void> {
  const rows = sql.join(
    tiles.map(({ level, n, data }) => sql`(${level}::smallint, ${n}::bigint, ${data}::bytea)`),
    sql`, `,
  );
  await run(
    db,
    sql`insert into audit.tile (level, n, data) values ${rows} on conflict (level, n) do nothing`,
  );
  // One that stood there already was written before a crash, or by another process; or by a stranger.
  const keys = sql.join(
    tiles.map(({ level, n }) => sql`(${level}::smallint, ${n}::bigint)`),
    sql`, `,
  );
  const stored = await rowsOf(
    db,
    tileRow,
    sql`select level, n, data from audit.tile where (level, n) in (${keys})`,
  );
  for (const tile of tiles) {
    const found = stored.find(({ level, n }) => level === tile.level && n === tile.n);
    if (found === undefined || !equalBytes(found.data, tile.data)) {
      throw new SequencerError(
        "other_root",
        `Tile ${tile.n} of level ${tile.level} holds other hashes than the log's. Nothing is signed; run “audit verify”.`,
      );
    }
  }
}

/** A kept note, opened; undefined for none. Throws SequencerError where it is no head of this log. */
export async function openKept(
  note: string | undefined,
  key: VerifierKey,
  what: string,
): Promise<OpenedCheckpoint | undefined> {
  if (note === undefined) return undefined;
  try {
    return await openCheckpoint(note, key);
  } catch (cause) {
    if (!(cause instanceof NoteError)) throw cause;
    const other = cause.code === "unsigned" || cause.code === "wrong_origin";
    throw new SequencerError(
      other ? "wrong_key" : "bad_published",
      `${what} is not one of this log's key and origin, so nothing is signed. ${cause.message} Restore the log's key and its origin, or the database that belongs to them.`,
      { cause },
    );
  }
}

export function behind(signed: number, size: number): SequencerError {
  return new SequencerError(
    "behind",
    `The database holds ${size} events, but ${signed} were signed before: it is an older copy. Nothing is signed until the missing events are filled in from an export, or a log with another origin is begun.`,
  );
}

export function otherRoot(size: number, cause?: unknown): SequencerError {
  return new SequencerError(
    "other_root",
    `The first ${size} events of the database are not those that were signed: one of them was changed, added, removed or moved. Nothing is signed; run “audit verify”.`,
    { cause },
  );
}

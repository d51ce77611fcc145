import type { TileSource } from "@secondlook/audit/tiles";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf, rowsOf } from "../database.ts";

const hashRow = z.object({ leaf_hash: column.bytes });
const tileRow = z.object({ data: column.bytes });

/** The tree's hashes as the database holds them: full tiles, and leaf hashes by position. */
export function treeSource(db: Database): TileSource {
  return {
    async fullTile(level, n) {
      const row = await rowOf(
        db,
        tileRow,
        sql`select data from audit.tile where level = ${level} and n = ${n}`,
      );
      return row?.data;
    },
    leafHashes: (from, to) => leafHashes(db, from, to),
  };
}

/** Leaf hashes of positions [from, to); fewer where the database lacks some. */
export async function leafHashes(
  db: Database,
  from: number,
  to: number,
): Promise<readonly Uint8Array[]> {
  const rows = await rowsOf(
    db,
    hashRow,
    sql`select e.leaf_hash from audit.position p join audit.event e on e.id = p.event_id
        where p.idx >= ${from} and p.idx < ${to} order by p.idx`,
  );
  return rows.map((row) => row.leaf_hash);
}

/** The log's size: positions given, signed or not. */
export async function logSize(db: Database): Promise<number> {
  const row = await rowOf(
    db,
    z.object({ size: column.count }),
    sql`select coalesce(max(idx) + 1, 0) as size from audit.position`,
  );
  return row?.size ?? 0;
}

/** The newest stored checkpoint: a signed note. */
export async function newestCheckpoint(db: Database): Promise<string | undefined> {
  const row = await rowOf(
    db,
    z.object({ note: z.string() }),
    sql`select note from audit.checkpoint order by size desc limit 1`,
  );
  return row?.note;
}

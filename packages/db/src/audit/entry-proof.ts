import { leafHash } from "@secondlook/audit/merkle";
import { inclusionProof } from "@secondlook/audit/merkle-proofs";
import { nodeReader, TileError, type TileSource } from "@secondlook/audit/tiles";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf, rowsOf } from "../database.ts";

const leafRow = z
  .object({ leaf: column.bytes, case_id: z.string().nullable() })
  .transform((row) => ({ leaf: row.leaf, caseId: row.case_id }));

/** The exact bytes of one event at its place; undefined where another event stands there. */
export async function findLeaf(
  reader: Database,
  of: { readonly eid: string; readonly index: number },
): Promise<z.output<typeof leafRow> | undefined> {
  return rowOf(
    reader,
    leafRow,
    sql`select leaf, case_id from audit.entry where idx = ${of.index} and eid = ${of.eid}`,
  );
}

/** That a leaf stands in the tree of a signed head. */
export interface EntryProof {
  readonly index: number;
  readonly checkpoint: string;
  readonly hashes: readonly Uint8Array[];
}

const headRow = z.object({ size: column.count, note: z.string() });

/**
 * The proof of a place by the newest signed head; undefined where no head covers it yet, and
 * `"gone"` where the read model lacks what the proof needs. Nothing here is trusted: whoever gets
 * the proof checks it.
 */
export async function proveEntry(
  reader: Database,
  index: number,
): Promise<EntryProof | "gone" | undefined> {
  const head = await rowOf(
    reader,
    headRow,
    sql`select size, note from audit.checkpoint order by size desc limit 1`,
  );
  if (head === undefined || head.size <= index) return undefined;
  const read = nodeReader(entrySource(reader), head.size);
  try {
    return { index, checkpoint: head.note, hashes: await inclusionProof(index, head.size, read) };
  } catch (error) {
    if (error instanceof TileError) return "gone";
    throw error;
  }
}

/** The tree's hashes as the reader's log-in sees them: full tiles, and the leaves of the last one. */
function entrySource(reader: Database): TileSource {
  return {
    async fullTile(level, n) {
      const row = await rowOf(
        reader,
        z.object({ data: column.bytes }),
        sql`select data from audit.tile where level = ${level} and n = ${n}`,
      );
      return row?.data;
    },
    async leafHashes(from, to) {
      const rows = await rowsOf(
        reader,
        z.object({ leaf: column.bytes }),
        sql`select leaf from audit.entry where idx >= ${from} and idx < ${to} order by idx`,
      );
      return rows.map(({ leaf }) => leafHash(leaf));
    },
  };
}

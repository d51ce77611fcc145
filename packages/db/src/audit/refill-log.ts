import { equalBytes, toHex } from "@secondlook/audit/bytes";
import { openCheckpoint } from "@secondlook/audit/checkpoint";
import { Frontier, leafHash } from "@secondlook/audit/merkle";
import type { VerifierKey } from "@secondlook/audit/note-key";
import { portableSha256, type Sha256 } from "@secondlook/audit/sha256";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf, rowsOf, run } from "../database.ts";
import { fillEntries } from "./fill-entries.ts";
import { logSize } from "./tree-source.ts";

/** The export can't be filled into this database. Nothing was changed. */
export class RefillError extends Error {
  override readonly name = "RefillError";
}

export interface Refill {
  readonly leaves: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** The export's checkpoint: its leaves must be exactly these. */
  readonly checkpoint: string;
  readonly key: VerifierKey;
  readonly sha256?: Sha256;
}

const idRow = z.object({ id: column.count });
const waitingRow = z.object({ id: column.count, leaf_hash: column.bytes });
const hashRow = z.object({ leaf_hash: column.bytes });

/**
 * Brings a restored database forward to an export that is newer than it: the cure for a sequencer
 * that refuses to sign because the database is behind (AUDIT-LOG section 2.4). What the database has
 * must be the export's beginning; what waits in its intake keeps its row. All or nothing. Tiles and
 * the head are left to the sequencer, which makes them anew.
 *
 * @param owner the log's owner, as migrations run
 * @returns how many leaves were filled in
 * @throws RefillError, or NoteError for a checkpoint that is not this log's
 */
export async function refillLog(owner: Database, refill: Refill): Promise<number> {
  const { checkpoint, key, leaves, sha256 = portableSha256 } = refill;
  const head = await openCheckpoint(checkpoint, key);
  return owner.transaction(async (tx) => {
    await rowOf(tx, z.unknown(), sql`select 1 from audit.head for update`);
    const present = await logSize(tx);
    const waiting = await waitingEvents(tx);
    const frontier = new Frontier(sha256);
    for await (const leaf of leaves) {
      const at = frontier.size;
      const hash = leafHash(leaf, sha256);
      frontier.append(hash);
      if (at < present) await requireSame(tx, at, hash);
      else await placeLeaf(tx, { at, leaf, hash: toHex(hash) }, waiting);
    }
    if (frontier.size !== head.size || !equalBytes(frontier.root(), head.root)) {
      throw new RefillError(
        "The export's leaves are not those of its checkpoint; verify it first.",
      );
    }
    if (present > head.size) {
      throw new RefillError(
        "The database holds more than the export; there is nothing to fill in.",
      );
    }
    await fillEntries(tx, present, head.size);
    return head.size - present;
  });
}

/** Events without a position, by the hexadecimal hash of their leaf. */
async function waitingEvents(tx: Database): Promise<Map<string, number>> {
  const rows = await rowsOf(
    tx,
    waitingRow,
    sql`select id, leaf_hash from audit.event e
        where not exists (select from audit.position p where p.event_id = e.id) order by id desc`,
  );
  return new Map(rows.map((row) => [toHex(row.leaf_hash), row.id]));
}

async function requireSame(tx: Database, at: number, hash: Uint8Array): Promise<void> {
  const row = await rowOf(
    tx,
    hashRow,
    sql`select e.leaf_hash from audit.position p join audit.event e on e.id = p.event_id where p.idx = ${at}`,
  );
  if (row !== undefined && equalBytes(row.leaf_hash, hash)) return;
  throw new RefillError(
    `Leaf ${at} of the database is not the export's: they are two histories. Begin a log with another origin.`,
  );
}

async function placeLeaf(
  tx: Database,
  { at, leaf, hash }: { readonly at: number; readonly leaf: Uint8Array; readonly hash: string },
  waiting: Map<string, number>,
): Promise<void> {
  const id = waiting.get(hash) ?? (await insertEvent(tx, leaf));
  waiting.delete(hash);
  await run(tx, sql`insert into audit.position (idx, event_id) values (${at}, ${id})`);
}

async function insertEvent(tx: Database, leaf: Uint8Array): Promise<number> {
  const row = await rowOf(
    tx,
    idRow,
    sql`insert into audit.event (leaf) values (${leaf}) returning id`,
  );
  if (row === undefined) throw new Error("an inserted event gave no id");
  return row.id;
}

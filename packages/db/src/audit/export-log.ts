import { openCheckpoint } from "@secondlook/audit/checkpoint";
import { formatVerifierKey, type VerifierKey } from "@secondlook/audit/note-key";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf } from "../database.ts";
import { placedLeaves } from "./log-pages.ts";

/** What an export is made of; each leaf goes into `leaves.jsonl` as one line. */
export interface LogExport {
  readonly size: number;
  readonly checkpoint: string;
  readonly vkey: string;
  /** The leaves' exact bytes in order, read while they are asked for. */
  readonly leaves: AsyncIterable<Uint8Array>;
}

/** The log can't be exported; the message is a sentence for whoever asked. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}

const headRow = z.object({ note: z.string() });

/**
 * Waits until the event `eid`, which records this export, is under a signed head (release level
 * `integrated`), and gives the log up to that head.
 *
 * @param db a log-in that may read the intake: the sequencer's
 * @param wait called between two looks; it may sequence itself, and gives up by throwing
 */
export async function exportLog(
  db: Database,
  options: { readonly eid: string; readonly key: VerifierKey; readonly wait: () => Promise<void> },
): Promise<LogExport> {
  const { eid, key, wait } = options;
  let checkpoint = await headOver(db, eid);
  for (; checkpoint === undefined; checkpoint = await headOver(db, eid)) await wait();
  const { size } = await openCheckpoint(checkpoint, key);
  return { size, checkpoint, vkey: formatVerifierKey(key), leaves: leavesUpTo(db, size) };
}

async function headOver(db: Database, eid: string): Promise<string | undefined> {
  const row = await rowOf(
    db,
    headRow,
    sql`select c.note from audit.checkpoint c
        where c.size > (select min(idx) from audit.entry where eid = ${eid}) order by c.size limit 1`,
  );
  return row?.note;
}

async function* leavesUpTo(db: Database, size: number): AsyncGenerator<Uint8Array> {
  let next = 0;
  for await (const page of placedLeaves(db, size)) {
    for (const { idx, leaf } of page) {
      if (idx !== next || leaf === null) throw gone(next, size);
      yield leaf;
      next += 1;
    }
  }
  if (next !== size) throw gone(next, size);
}

function gone(at: number, size: number): ExportError {
  return new ExportError(
    `The log can't be exported: leaf ${at} of ${size} is gone. Run “audit verify”, which tells more.`,
  );
}

/** The size of the log as it is known now: what an export that is asked for will hold at least. */
export async function signedSize(db: Database): Promise<number> {
  const row = await rowOf(
    db,
    z.object({ size: column.count }),
    sql`select coalesce(max(size), 0) as size from audit.checkpoint`,
  );
  return row?.size ?? 0;
}

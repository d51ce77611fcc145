import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowsOf } from "../database.ts";

/** Positions read at a time; leaves have up to 16 KiB. */
const PAGE = 1_000;
const HEADS = 500;

const leafRow = z.object({
  idx: column.count,
  event_id: column.count,
  leaf: column.bytes.nullable(),
  leaf_hash: column.bytes.nullable(),
});

/** A position and what the intake holds for it: nothing where the event is gone. */
export type PlacedLeaf = z.output<typeof leafRow>;

/** Positions [0, end) in order, a page at a time; some may be missing. */
export async function* placedLeaves(
  db: Database,
  end = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<readonly PlacedLeaf[], void, undefined> {
  for (let from = 0; from < end;) {
    const page = await rowsOf(
      db,
      leafRow,
      sql`select p.idx, p.event_id, e.leaf, e.leaf_hash
          from (select idx, event_id from audit.position where idx >= ${from} and idx < ${end} order by idx limit ${PAGE}) p
          left join audit.event e on e.id = p.event_id order by p.idx`,
    );
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    from = last.idx + 1;
  }
}

const headRow = z.object({ size: column.count, note: z.string() });

/** A stored checkpoint and the size it is stored under; nothing of it is verified. */
export type StoredHead = z.output<typeof headRow>;

/** The stored checkpoints, smallest tree first. */
export async function* storedHeads(db: Database): AsyncGenerator<StoredHead, void, undefined> {
  for (let from = -1; ;) {
    const page = await rowsOf(
      db,
      headRow,
      sql`select size, note from audit.checkpoint where size > ${from} order by size limit ${HEADS}`,
    );
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    from = last.size;
  }
}

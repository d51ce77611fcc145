import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowsOf, run } from "../database.ts";
import { entryOf } from "./entry.ts";

/** Leaves have up to 16 KiB: a page stays within some tens of megabytes whatever they hold. */
const PAGE = 1_000;

const rowSchema = z.object({ idx: column.count, leaf: column.bytes });

/** Fills the read model for positions [from, to), in the transaction that gave them. */
export async function fillEntries(tx: Database, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += PAGE) {
    const rows = await rowsOf(
      tx,
      rowSchema,
      sql`select p.idx, e.leaf from audit.position p join audit.event e on e.id = p.event_id
          where p.idx >= ${start} and p.idx < ${Math.min(start + PAGE, to)} order by p.idx`,
    );
    const entries = rows.flatMap(({ idx, leaf }) => {
      const entry = entryOf(leaf);
      return entry === undefined ? [] : [{ idx, ...entry }];
    });
    if (entries.length === 0) continue;
    // `on conflict`: a row that somebody put there must not stop the log; the verifier compares.
    await run(
      tx,
      sql`insert into audit.entry (idx, eid, kind, at, actor, actor_role, session_id, outcome, case_id, subject_id, leaf)
          select r.idx, r.eid, r.kind, r.at, r.actor, r.actor_role, r.session_id, r.outcome, r.case_id, r.subject_id, e.leaf
          from json_to_recordset(${JSON.stringify(entries)}::json)
            as r (idx bigint, eid text, kind text, at timestamptz, actor text, actor_role text,
                  session_id text, outcome text, case_id text, subject_id text)
          join audit.position p on p.idx = r.idx join audit.event e on e.id = p.event_id
          on conflict (idx) do nothing`,
    );
  }
}

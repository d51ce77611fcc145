import { equalBytes } from "@secondlook/audit/bytes";
import type { Findings } from "@secondlook/audit/finding";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf, rowsOf } from "../database.ts";
import { type Entry, entryOf } from "./entry.ts";

const entryRow = z
  .object({
    idx: column.count,
    eid: z.string(),
    kind: z.string(),
    at: column.instant,
    actor: z.string(),
    actor_role: z.string(),
    session_id: z.string().nullable(),
    outcome: z.string(),
    case_id: z.string().nullable(),
    subject_id: z.string().nullable(),
    leaf: column.bytes,
  })
  .transform(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
type EntryRow = z.output<typeof entryRow>;

const FIELDS = [
  "eid",
  "kind",
  "at",
  "actor",
  "actor_role",
  "session_id",
  "outcome",
  "case_id",
  "subject_id",
] as const satisfies readonly (keyof Entry)[];

/** Compares what screens read with the leaves; a difference is no fault of the log itself. */
export class EntryCheck {
  readonly #db: Database;
  readonly #findings: Findings;
  #wrong = 0;
  #first: number | undefined;
  #end = 0;

  constructor(db: Database, findings: Findings) {
    this.#db = db;
    this.#findings = findings;
  }

  /** Takes the next page of leaves, in order. */
  async add(page: readonly { readonly idx: number; readonly leaf: Uint8Array }[]): Promise<void> {
    const last = page.at(-1);
    if (last === undefined) return;
    const rows = await rowsOf(
      this.#db,
      entryRow,
      sql`select idx, eid, kind, at, actor, actor_role, session_id, outcome, case_id, subject_id, leaf
          from audit.entry where idx >= ${this.#end} and idx <= ${last.idx} order by idx`,
    );
    const shown = new Map(rows.map((row) => [row.idx, row]));
    for (const { idx, leaf } of page) {
      if (!isShown(entryOf(leaf), leaf, shown.get(idx))) this.#note(idx);
      shown.delete(idx);
    }
    for (const idx of shown.keys()) this.#note(idx);
    this.#end = last.idx + 1;
  }

  async finish(): Promise<void> {
    const beyond = await rowOf(
      this.#db,
      z.object({ rows: column.count, first: column.count.nullable() }),
      sql`select count(*) as rows, min(idx) as first from audit.entry where idx < 0 or idx >= ${this.#end}`,
    );
    if (beyond !== undefined && beyond.rows > 0) {
      this.#wrong += beyond.rows;
      this.#first ??= beyond.first ?? undefined;
    }
    if (this.#wrong === 0) return;
    this.#findings.problem({
      code: "entry_mismatch",
      ...(this.#first === undefined ? {} : { at: this.#first }),
      message: `What screens show of the log differs from its leaves in ${this.#wrong} places, the first at leaf ${this.#first ?? 0}: one of the two was changed.`,
    });
  }

  #note(idx: number): void {
    this.#wrong += 1;
    this.#first ??= idx;
  }
}

function isShown(wanted: Entry | undefined, leaf: Uint8Array, row: EntryRow | undefined): boolean {
  if (wanted === undefined || row === undefined) return wanted === undefined && row === undefined;
  return equalBytes(row.leaf, leaf) && FIELDS.every((field) => row[field] === wanted[field]);
}

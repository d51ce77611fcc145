import { sql } from "drizzle-orm";
import { z } from "zod";
import { SHARED_SIGNALS } from "@secondlook/domain/ingest/case-payload";
import { column, type Database, idColumn, rowOf, rowsOf } from "../database.ts";

const attributesRow = z
  .object({
    verification_id: idColumn("verification"),
    subject_id: idColumn("subject"),
    attributes: column.bytes,
  })
  .transform((row) => ({
    verificationId: row.verification_id,
    subjectId: row.subject_id,
    /** Encrypted under the subject's own key. */
    attributes: row.attributes,
  }));

export type SealedAttributes = z.output<typeof attributesRow>;

/** The encrypted attributes of one verification. */
export async function findAttributes(
  db: Database,
  verificationId: string,
): Promise<SealedAttributes | undefined> {
  return rowOf(
    db,
    attributesRow,
    sql`select id as verification_id, subject_id, attributes from app.verification where id = ${verificationId}`,
  );
}

/** What upstream says that a candidate shares with the probe. */
export async function sharedSignals(
  db: Database,
  candidateId: string,
): Promise<readonly (typeof SHARED_SIGNALS)[number][]> {
  const row = await rowOf(
    db,
    z.object({ shared_signals: z.array(z.enum(SHARED_SIGNALS)) }),
    sql`select shared_signals from app.candidate where id = ${candidateId}`,
  );
  return row?.shared_signals ?? [];
}

const SIGNAL_KINDS = ["payoutAccount", "deviceId", "address"] as const;
type SignalCounts = Partial<Record<(typeof SIGNAL_KINDS)[number], number>>;

/** What an account shares with others, by the keyed hashes of its values. */
export interface SignalsOf {
  /** How many accounts have the value that this account has, itself included. */
  readonly counts: SignalCounts;
  /** Which of them the other account has, too. */
  readonly shared: readonly (typeof SIGNAL_KINDS)[number][];
}

/** How many accounts have a value that the probe's account has, and which the candidate's has, if any. */
export async function signalsOf(
  db: Database,
  of: { readonly probeSubjectId: string; readonly candidateSubjectId: string | undefined },
): Promise<SignalsOf> {
  const rows = await rowsOf(
    db,
    z.object({ kind: z.enum(SIGNAL_KINDS), accounts: column.count, shared: z.boolean() }),
    sql`select own.kind, count(distinct other.subject_id) as accounts,
               coalesce(bool_or(other.subject_id = ${of.candidateSubjectId ?? null}), false) as shared
        from app.signal own join app.signal other on other.kind = own.kind and other.hash = own.hash
        where own.subject_id = ${of.probeSubjectId} group by own.kind`,
  );
  return {
    counts: Object.fromEntries(rows.map((row) => [row.kind, row.accounts])),
    shared: rows.filter((row) => row.shared).map((row) => row.kind),
  };
}

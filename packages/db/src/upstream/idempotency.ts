import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Id } from "@secondlook/domain/ids";
import { column, type Database, rowOf, run } from "../database.ts";

/** For so long the same key gets the same answer; then it is like any other. */
export const IDEMPOTENCY_DAYS = 7;

const FRESH: SQL = sql`received_at > app.now() - make_interval(days => ${IDEMPOTENCY_DAYS})`;

const answerRow = z
  .object({ body_hash: column.bytes, answer: z.unknown() })
  .transform((row) => ({ bodyHash: row.body_hash, answer: row.answer }));

/** What a key got, and for which body. */
export type GivenAnswer = z.output<typeof answerRow>;

export interface IdempotencyKey {
  readonly sourceId: Id<"source">;
  /** Keyed, as the body's. */
  readonly keyHash: Uint8Array;
}

/** The answer that this source got under this key within the last days. */
export async function findAnswer(
  db: Database,
  by: IdempotencyKey,
): Promise<GivenAnswer | undefined> {
  return rowOf(
    db,
    answerRow,
    sql`select body_hash, answer from app.idempotency
        where source_id = ${by.sourceId} and key_hash = ${by.keyHash} and ${FRESH}`,
  );
}

/**
 * Keeps an answer in the transaction that it is about; fails (23505) where another request under the
 * same key was quicker. What is too old goes, of this source.
 */
export async function keepAnswer(
  tx: Database,
  row: IdempotencyKey & { readonly bodyHash: Uint8Array; readonly answer: object },
): Promise<void> {
  await run(
    tx,
    sql`delete from app.idempotency d using (
          select source_id, key_hash from app.idempotency
          where source_id = ${row.sourceId} and not (${FRESH}) order by received_at limit 100 for update skip locked) as old
        where d.source_id = old.source_id and d.key_hash = old.key_hash`,
  );
  await run(
    tx,
    sql`delete from app.idempotency
        where source_id = ${row.sourceId} and key_hash = ${row.keyHash} and not (${FRESH})`,
  );
  await run(
    tx,
    sql`insert into app.idempotency (source_id, key_hash, body_hash, answer)
        values (${row.sourceId}, ${row.keyHash}, ${row.bodyHash}, ${JSON.stringify(row.answer)}::jsonb)`,
  );
}

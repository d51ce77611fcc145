import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Id } from "@secondlook/domain/ids";
import { column, type Database, idColumn, rowOf, rowsOf, run } from "../database.ts";

const keyRow = z
  .object({ key_id: idColumn("key"), source_id: idColumn("source") })
  .transform((row) => ({ keyId: row.key_id, sourceId: row.source_id }));

export type IngestSource = z.output<typeof keyRow>;

const foundRow = keyRow.and(
  z.object({ rested: z.boolean() }).transform((row) => ({ rested: row.rested })),
);

/**
 * The source that this key's hash belongs to, unless the key was revoked. `rested`: its use was not
 * noted within the last minute.
 */
export async function findIngestKey(
  db: Database,
  hash: Uint8Array,
): Promise<z.output<typeof foundRow> | undefined> {
  return rowOf(
    db,
    foundRow,
    sql`select id as key_id, source_id,
               coalesce(last_used_at < app.now() - interval '1 minute', true) as rested
        from app.ingest_key where hash = ${hash} and revoked_at is null`,
  );
}

/** Whether a key is still good, which stays so until the transaction ends. */
export async function lockIngestKey(tx: Database, keyId: Id<"key">): Promise<boolean> {
  const found = await rowOf(
    tx,
    z.object({ id: z.string() }),
    sql`select id from app.ingest_key where id = ${keyId} and revoked_at is null for share`,
  );
  return found !== undefined;
}

/**
 * Notes that a key was used, once a minute at most, so that not every request writes a row.
 *
 * @returns the hours since it was used before, where it was noted; null for its first use.
 */
export async function touchIngestKey(
  tx: Database,
  keyId: Id<"key">,
): Promise<{ readonly quietHours: number | null } | undefined> {
  const row = await rowOf(
    tx,
    z.object({ quiet_hours: column.numeric.nullable() }),
    sql`with before as materialized (
          select id, last_used_at from app.ingest_key
          where id = ${keyId} and coalesce(last_used_at < app.now() - interval '1 minute', true)
          for no key update skip locked)
        update app.ingest_key k set last_used_at = app.now() from before b where k.id = b.id
        returning extract(epoch from app.now() - b.last_used_at) / 3600 as quiet_hours`,
  );
  return row === undefined ? undefined : { quietHours: row.quiet_hours };
}

const listedRow = z
  .object({
    id: idColumn("key"),
    source_id: idColumn("source"),
    source: z.string(),
    label: z.string(),
    created_at: column.instant,
    revoked_at: column.instant.nullable(),
    last_used_at: column.instant.nullable(),
  })
  .transform((row) => ({
    keyId: row.id,
    sourceId: row.source_id,
    source: row.source,
    label: row.label,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
    /** To the minute. */
    lastUsedAt: row.last_used_at,
  }));

export type ListedKey = z.output<typeof listedRow>;

/** Every key, or those of one source by name: good ones first, the newest first. */
export async function listIngestKeys(
  db: Database,
  source: string | null = null,
): Promise<readonly ListedKey[]> {
  return rowsOf(
    db,
    listedRow,
    sql`select k.id, k.source_id, s.name as source, k.label, k.created_at, k.revoked_at, k.last_used_at
        from app.ingest_key k join app.source s on s.id = k.source_id
        where ${source}::text is null or s.name = ${source}
        order by k.revoked_at is not null, k.created_at desc, k.id`,
  );
}

const revokedRow = z
  .object({ id: idColumn("key"), source_id: idColumn("source") })
  .transform((row) => ({ keyId: row.id, sourceId: row.source_id }));

/**
 * Takes a key back. Requests that are being stored with it are waited for; whatever comes after is
 * refused. Undefined where there is no such key, or it was revoked before.
 */
export async function revokeIngestKey(
  tx: Database,
  keyId: Id<"key">,
): Promise<IngestSource | undefined> {
  return rowOf(
    tx,
    revokedRow,
    // Held first, then the clock is read: the moment is after whatever was waited for.
    sql`with held as materialized (
          select id from app.ingest_key where id = ${keyId} and revoked_at is null for no key update)
        update app.ingest_key k set revoked_at = app.now() from held h where k.id = h.id
        returning k.id, k.source_id`,
  );
}

/** A source's id by name, made where it is missing. */
export async function ensureSource(
  tx: Database,
  source: { readonly id: Id<"source">; readonly name: string },
): Promise<Id<"source">> {
  await run(
    tx,
    sql`insert into app.source (id, name) values (${source.id}, ${source.name}) on conflict (name) do nothing`,
  );
  const found = await rowOf(
    tx,
    z.object({ id: idColumn("source") }),
    sql`select id from app.source where name = ${source.name}`,
  );
  if (found === undefined) throw new Error("the source was not made");
  return found.id;
}

/** Adds a key to a source. False where this very key exists already. */
export async function addIngestKey(
  tx: Database,
  key: {
    readonly id: Id<"key">;
    readonly sourceId: Id<"source">;
    readonly label: string;
    readonly hash: Uint8Array;
  },
): Promise<boolean> {
  const added = await rowOf(
    tx,
    z.object({ id: z.string() }),
    sql`insert into app.ingest_key (id, source_id, label, hash) values (${key.id}, ${key.sourceId}, ${key.label}, ${key.hash})
        on conflict (hash) do nothing returning id`,
  );
  return added !== undefined;
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Id } from "@secondlook/domain/ids";
import { type Database, idColumn, rowOf, run } from "../database.ts";

const keyRow = z
  .object({ key_id: idColumn("key"), source_id: idColumn("source") })
  .transform((row) => ({ keyId: row.key_id, sourceId: row.source_id }));

export type IngestSource = z.output<typeof keyRow>;

/** The source that this key's hash belongs to, unless the key was revoked. */
export async function findIngestKey(
  db: Database,
  hash: Uint8Array,
): Promise<IngestSource | undefined> {
  return rowOf(
    db,
    keyRow,
    sql`select id as key_id, source_id from app.ingest_key where hash = ${hash} and revoked_at is null`,
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

import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf } from "../database.ts";

/** A subject's key as it is kept, wrapped; undefined where it was destroyed by an erasure. */
export async function findWrappedKey(
  db: Database,
  subjectId: string,
): Promise<Uint8Array | undefined> {
  const row = await rowOf(
    db,
    z.object({ wrapped_key: column.bytes.nullable() }),
    sql`select wrapped_key from app.subject where id = ${subjectId}`,
  );
  return row?.wrapped_key ?? undefined;
}

import { sql } from "drizzle-orm";
import { type Database, idColumn, rowOf } from "../database.ts";
import { z } from "zod";
import type { Id } from "@secondlook/domain/ids";

/** The id behind an account's name, disabled ones included; undefined where there is none. */
export async function findAccount(db: Database, handle: string): Promise<Id<"actor"> | undefined> {
  const row = await rowOf(
    db,
    z.object({ id: idColumn("actor") }),
    sql`select id from app.staff where handle = ${handle}`,
  );
  return row?.id;
}

import type { Deps } from "@secondlook/api/deps";
import { rowsOf, textArray } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { z } from "zod";

/** Younger objects may belong to a transaction that has not committed yet. */
const YOUNG_MS = 60 * 60 * 1000;
const BATCH = 500;

/** Deletes objects that no rendition names: what an interrupted ingest left behind. */
export async function sweepObjects(deps: Deps): Promise<void> {
  let batch: string[] = [];
  let swept = 0;
  const sweep = async (): Promise<void> => {
    const known = await rowsOf(
      deps.db,
      z.object({ object_id: z.string() }),
      sql`select object_id from app.rendition where object_id = any(${textArray(batch)})`,
    );
    const named = new Set(known.map((row) => row.object_id));
    for (const id of batch.filter((each) => !named.has(each))) {
      await deps.objects.delete(id);
      swept += 1;
    }
    batch = [];
  };
  for await (const { id, modifiedAt } of deps.objects.list()) {
    if (deps.clock().getTime() - modifiedAt.getTime() < YOUNG_MS) continue;
    batch.push(id);
    if (batch.length >= BATCH) await sweep();
  }
  if (batch.length > 0) await sweep();
  if (swept > 0) deps.log.info({ swept }, "orphaned objects were deleted");
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Id } from "@secondlook/domain/ids";
import { type Database, idColumn, rowOf, run } from "../database.ts";

/**
 * Closes an account: nobody signs in with it, its sessions and unused links end now. Gives its id;
 * undefined where no open account has this handle, and then nothing was changed.
 */
export async function disableStaff(tx: Database, handle: string): Promise<Id<"actor"> | undefined> {
  const closed = await rowOf(
    tx,
    z.object({ id: idColumn("actor") }),
    // Held first, then the clock is read: the moment is after a claim that was waited for.
    sql`with held as materialized (
          select id from app.staff where handle = ${handle} and disabled_at is null for no key update)
        update app.staff p set disabled_at = app.now() from held h where p.id = h.id returning p.id`,
  );
  if (closed === undefined) return undefined;
  await run(
    tx,
    sql`update app.session set ended_at = app.now() where staff_id = ${closed.id} and ended_at is null`,
  );
  await run(
    tx,
    sql`update app.signin_link set used_at = app.now() where staff_id = ${closed.id} and used_at is null`,
  );
  return closed.id;
}

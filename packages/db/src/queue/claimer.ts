import { sql } from "drizzle-orm";
import { z } from "zod";
import { can, STAFF_ROLES, type StaffRole } from "@secondlook/domain/access/roles";
import type { Id } from "@secondlook/domain/ids";
import type { ReviewerScope } from "@secondlook/domain/queue/routing";
import { type Database, idColumn, rowOf } from "../database.ts";
import { keptRowOf } from "../kept-statement.ts";

/** A person who asks for work, as the queue knows them. */
export interface Claimer extends ReviewerScope {
  readonly id: Id<"actor">;
  readonly role: StaffRole;
}

const claimerRow = z.object({
  id: idColumn("actor"),
  role: z.enum(STAFF_ROLES),
  regions: z.array(z.string()).nullable(),
  languages: z.array(z.string()).nullable(),
  skills: z.array(z.string()),
});

/**
 * Locks a person's row until the transaction ends, and reads who they are now. Everything that gives
 * a person a lease begins with it, so that two requests at once can't give two. Undefined where the
 * account is disabled or its role may not claim.
 *
 * What follows is many short probes: compiling their plan would take longer than running it, and a
 * bitmap scan, to which old statistics may lead, would read and sort every case that waits. Both are
 * ruled out for this transaction.
 */
export async function lockClaimer(tx: Database, staffId: string): Promise<Claimer | undefined> {
  const staff = await keptRowOf(
    tx,
    "lock_claimer",
    claimerRow,
    sql`select p.id, p.role, p.regions, p.languages, p.skills,
               set_config('jit', 'off', true), set_config('enable_bitmapscan', 'off', true)
        from app.staff p where p.id = ${staffId} and p.disabled_at is null for no key update`,
  );
  return staff !== undefined && can(staff.role, "queue.claim").allowed ? staff : undefined;
}

/** Who a person is now, without a lock: somebody else asks whether they may work. */
export async function findClaimer(db: Database, staffId: string): Promise<Claimer | undefined> {
  const staff = await rowOf(
    db,
    claimerRow,
    sql`select p.id, p.role, p.regions, p.languages, p.skills from app.staff p
        where p.id = ${staffId} and p.disabled_at is null`,
  );
  return staff !== undefined && can(staff.role, "queue.claim").allowed ? staff : undefined;
}

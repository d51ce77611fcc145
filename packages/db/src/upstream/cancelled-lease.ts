import { sql } from "drizzle-orm";
import { z } from "zod";
import { CANCEL_REASONS, type CancelReason } from "@secondlook/domain/queue/cancelled";
import { type Database, rowOf } from "../database.ts";
import type { LeaseClaim } from "../queue/lease.ts";

/** What ended this person's lease from outside; undefined where it was lost otherwise. */
export async function whyCancelled(
  db: Database,
  by: LeaseClaim,
): Promise<CancelReason | undefined> {
  const row = await rowOf(
    db,
    z.object({ reason: z.enum(CANCEL_REASONS) }),
    sql`select reason from app.cancelled_lease
        where fence = ${by.fence} and case_id = ${by.caseId} and staff_id = ${by.staffId}`,
  );
  return row?.reason;
}

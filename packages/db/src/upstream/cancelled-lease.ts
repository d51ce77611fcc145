import { sql } from "drizzle-orm";
import { z } from "zod";
import { UPSTREAM_KINDS, type UpstreamKind } from "@secondlook/domain/cases/upstream";
import { type Database, rowOf } from "../database.ts";
import type { LeaseClaim } from "../queue/lease.ts";

/** What upstream sent that ended this person's lease; undefined where it was lost otherwise. */
export async function whyCancelled(
  db: Database,
  by: LeaseClaim,
): Promise<UpstreamKind | undefined> {
  const row = await rowOf(
    db,
    z.object({ reason: z.enum(UPSTREAM_KINDS) }),
    sql`select reason from app.cancelled_lease
        where fence = ${by.fence} and case_id = ${by.caseId} and staff_id = ${by.staffId}`,
  );
  return row?.reason;
}

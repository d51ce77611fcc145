import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, run } from "../database.ts";
import { keptRowOf } from "../kept-statement.ts";
import { holderMayWork } from "./eligibility.ts";
import { leaseEnd } from "./grant.ts";
import type { LeaseClaim } from "./lease.ts";

const beatRow = z
  .object({
    lease_until: column.instant,
    hard_until: column.instant.nullable(),
    measured: z.boolean().nullable(),
  })
  .transform((row) => ({
    leaseUntil: row.lease_until,
    hardUntil: row.hard_until,
    /** Policy says that activity is measured. */
    measured: row.measured === true,
  }));

export type Beat = z.output<typeof beatRow>;

/**
 * Renews one lease: an active one up to its hard end; a reserved one only while its holder has an
 * active one, else it runs out. Undefined means that it is lost. One statement for one row, without
 * a transaction around several, so that heartbeats and claims can't lock each other out.
 */
export async function renewLease(db: Database, by: LeaseClaim): Promise<Beat | undefined> {
  const renewed = leaseEnd(sql`app.now()`, sql`c.policy_version`);
  return keptRowOf(
    db,
    "renew_lease",
    beatRow,
    sql`update app.round r
        set claimable_at = case
          when r.lease_kind = 'active' then least(${renewed}, r.hard_until)
          when exists (
            select from app.round a where a.holder = ${by.staffId} and a.lease_kind = 'active'
              and a.state = 'open' and a.claimable_at > app.now()) then ${renewed}
          else r.claimable_at end
        from app.review_case c
        where c.id = r.case_id and r.case_id = ${by.caseId} and r.holder = ${by.staffId}
          and r.fence = ${by.fence} and r.state = 'open' and r.claimable_at > app.now()
          and ${holderMayWork(sql`r`)}
        returning r.claimable_at as lease_until, r.hard_until,
                  app.policy_setting(c.policy_version, c.region, 'measureActivity')::boolean as measured`,
  );
}

/** Notes that this person did something in this minute. */
export async function noteActivity(db: Database, staffId: string): Promise<void> {
  await run(
    db,
    sql`insert into app.active_minute (staff_id, minute) values (${staffId}, date_trunc('minute', app.now()))
        on conflict do nothing`,
  );
}

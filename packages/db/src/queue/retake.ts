import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowOf } from "../database.ts";
import { type Claimed, formerRow } from "./claim.ts";
import type { Claimer } from "./claimer.ts";
import { notInvolved, notSkipped, ranksOf, routeFits, scopeOf } from "./eligibility.ts";
import { leaseTimes } from "./grant.ts";
import { heldRoundColumns, heldRoundRow } from "./lease.ts";

/**
 * That this person may take a lost round back, over `r` and its route `t`: nobody has it, they may
 * still judge it, and it was theirs (its last lease was, or they looked at it or wrote on it in this
 * very round). So taking back is no way of picking a case.
 */
function retakable(staff: Claimer): SQL {
  const me = sql`${staff.id}`;
  const own = (table: SQL) =>
    sql`exists (select from ${table} o where o.case_id = r.case_id and o.cycle = r.cycle
                and o.round = r.round and o.staff_id = ${me})`;
  const ranks = sql.join(
    ranksOf(staff.role).map((rank) => sql`${rank}::smallint`),
    sql`, `,
  );
  return sql`r.state = 'open' and r.claimable_at <= app.now() and r.stage_rank in (${ranks})
    and ${routeFits(sql`t`, scopeOf(staff))} and ${notInvolved(sql`r`, me)} and ${notSkipped(sql`r`, me, sql`app.now()`)}
    and (r.holder = ${me} or ${own(sql`app.viewing`)} or ${own(sql`app.draft`)})`;
}

/** Whether this person could take a lost case back now. */
export async function isRetakable(
  db: Database,
  by: { readonly caseId: string; readonly staff: Claimer },
): Promise<boolean> {
  const found = await rowOf(
    db,
    z.object({}),
    sql`select from app.round r join app.route t on t.id = r.route_id
        where r.case_id = ${by.caseId} and ${retakable(by.staff)}`,
  );
  return found !== undefined;
}

/**
 * Takes a lost case back, with a new fencing number. Undefined where it is not free any more. Asks
 * that this person holds no active lease, and that `lockClaimer` came first.
 */
export async function retakeRound(
  tx: Database,
  by: { readonly caseId: string; readonly staff: Claimer },
): Promise<Claimed | undefined> {
  const row = await rowOf(
    tx,
    heldRoundRow.and(formerRow),
    sql`with picked as materialized (
          select r.case_id, r.cycle, r.round, r.holder, r.fence
          from app.round r join app.route t on t.id = r.route_id
          where r.case_id = ${by.caseId} and ${retakable(by.staff)} for no key update of r)
        update app.round r
        set holder = ${by.staff.id}, lease_kind = 'active', fence = nextval('app.fence'),
            ${leaseTimes("active", sql`app.now()`, sql`c.policy_version`)}
        from picked p join app.review_case c on c.id = p.case_id join app.verification v on v.id = c.probe_id
        where r.case_id = p.case_id and r.cycle = p.cycle and r.round = p.round
        returning ${heldRoundColumns()}, p.holder as former_holder, p.fence as former_fence`,
  );
  if (row === undefined) return undefined;
  const { expired, ...held } = row;
  return { held, expired };
}

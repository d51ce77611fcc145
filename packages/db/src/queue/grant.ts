import { sql, type SQL } from "drizzle-orm";
import type { Round } from "@secondlook/domain/cases/stage";
import type { LeaseKind } from "@secondlook/domain/queue/lease";
import { type Database, rowOf } from "../database.ts";
import { keptRowOf } from "../kept-statement.ts";
import { holderMayWork, notInvolved } from "./eligibility.ts";
import { type HeldRound, heldRoundColumns, heldRoundRow } from "./lease.ts";

const NOW = sql`app.now()`;
const PINNED = sql`c.policy_version`;

/** A whole number of the policy that holds for the case `c`. */
function setting(name: string, policyVersion: SQL): SQL {
  return sql`app.policy_setting(${policyVersion}, c.region, ${name})::integer`;
}

/** When a lease that is given or renewed now runs out, over the case `c`. */
export function leaseEnd(now: SQL, policyVersion: SQL): SQL {
  return sql`${now} + make_interval(secs => ${setting("leaseSeconds", policyVersion)})`;
}

/** The times of a new lease, as an `update` of the round sets them, over the case `c`. */
export function leaseTimes(kind: LeaseKind, now: SQL, policyVersion: SQL): SQL {
  const until = leaseEnd(now, policyVersion);
  if (kind === "reserved") {
    return sql`claimable_at = ${until}, opened_at = null, hard_until = null`;
  }
  const cap = sql`${now} + make_interval(mins => ${setting("hardCapMinutes", policyVersion)})`;
  return sql`claimable_at = least(${until}, ${cap}), opened_at = ${now}, hard_until = ${cap}`;
}

/**
 * Opens this person's reserved round: its lease is active from now on, under the fencing number that
 * its evidence was fetched with. Undefined where the lease has run out, or where they may not judge
 * the case any more. Asks that they hold no active lease.
 */
export async function openReserved(tx: Database, staffId: string): Promise<HeldRound | undefined> {
  return keptRowOf(
    tx,
    "open_reserved",
    heldRoundRow,
    sql`update app.round r set lease_kind = 'active', ${leaseTimes("active", NOW, PINNED)}
        from app.review_case c join app.verification v on v.id = c.probe_id
        where c.id = r.case_id and r.holder = ${staffId} and r.lease_kind = 'reserved' and r.state = 'open'
          and r.claimable_at > ${NOW} and ${notInvolved(sql`r`, sql`${staffId}`)} and ${holderMayWork(sql`r`)}
        returning ${heldRoundColumns()}`,
  );
}

/**
 * Gives a person a lease, with a new fencing number, on a round that is open and that nobody holds:
 * what an undo gives its author. Undefined where somebody holds it. Asks that they hold no lease of
 * this kind (`shelveActive`), and that `lockClaimer` came first.
 */
export async function grantLease(
  tx: Database,
  to: {
    readonly caseId: string;
    readonly cycle: number;
    readonly round: Round;
    readonly staffId: string;
    readonly kind: LeaseKind;
  },
): Promise<HeldRound | undefined> {
  return rowOf(
    tx,
    heldRoundRow,
    sql`update app.round r
        set holder = ${to.staffId}, lease_kind = ${to.kind}, fence = nextval('app.fence'),
            ${leaseTimes(to.kind, NOW, PINNED)}
        from app.review_case c join app.verification v on v.id = c.probe_id
        where c.id = r.case_id and r.case_id = ${to.caseId} and r.cycle = ${to.cycle}
          and r.round = ${to.round} and r.state = 'open' and (r.holder is null or r.claimable_at <= ${NOW})
        returning ${heldRoundColumns()}`,
  );
}

/**
 * Puts a person's active round back to reserved, under its fencing number, so that another case can
 * be opened before it. Their reserved round must have been given back first (`endLeases`).
 */
export async function shelveActive(tx: Database, staffId: string): Promise<HeldRound | undefined> {
  return rowOf(
    tx,
    heldRoundRow,
    sql`update app.round r set lease_kind = 'reserved', ${leaseTimes("reserved", NOW, PINNED)}
        from app.review_case c join app.verification v on v.id = c.probe_id
        where c.id = r.case_id and r.holder = ${staffId} and r.lease_kind = 'active' and r.state = 'open'
          and r.claimable_at > ${NOW}
        returning ${heldRoundColumns()}`,
  );
}

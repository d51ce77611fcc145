import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { LEASE_KINDS } from "@secondlook/domain/queue/lease";
import { column, type Database, idColumn } from "../database.ts";
import { keptRowOf, keptRowsOf } from "../kept-statement.ts";
import { holderMayWork } from "./eligibility.ts";

/** A round under somebody's live lease, and what its case is about. */
export const heldRoundRow = z
  .object({
    case_id: idColumn("case"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    fence: column.count,
    lease_kind: z.enum(LEASE_KINDS),
    opened_at: column.instant.nullable(),
    lease_until: column.instant,
    hard_until: column.instant.nullable(),
    route_id: z.int(),
    stage_rank: z.int(),
    priority: z.int(),
    due_at: column.instant,
    region: z.string(),
    policy_version: z.int(),
    probe_id: idColumn("verification"),
    probe_subject_id: idColumn("subject"),
  })
  .transform((row) => ({
    caseId: row.case_id,
    cycle: row.cycle,
    round: row.round,
    fence: row.fence,
    kind: row.lease_kind,
    openedAt: row.opened_at,
    leaseUntil: row.lease_until,
    hardUntil: row.hard_until,
    routeId: row.route_id,
    stageRank: row.stage_rank,
    priority: row.priority,
    dueAt: row.due_at,
    region: row.region,
    policyVersion: row.policy_version,
    probeVerificationId: row.probe_id,
    probeSubjectId: row.probe_subject_id,
  }));

export type HeldRound = z.output<typeof heldRoundRow>;

/** The columns of `heldRoundRow`, over `r` (round), `c` (case) and `v` (the probe's verification). */
export function heldRoundColumns(policyVersion = sql`c.policy_version`): SQL {
  return sql`r.case_id, r.cycle, r.round, r.fence, r.lease_kind, r.opened_at,
    r.claimable_at as lease_until, r.hard_until, r.route_id, r.stage_rank, r.priority, r.due_at,
    c.region, ${policyVersion} as policy_version, c.probe_id, v.subject_id as probe_subject_id`;
}

/** Who shows which fencing number for which case. */
export interface LeaseClaim {
  readonly caseId: string;
  readonly staffId: string;
  readonly fence: number;
}

/**
 * Locks the round that this person works on under this fencing number, until the transaction ends:
 * call it first in every write. Undefined means that the lease is lost, or that the person's role or
 * account is, and nothing may be written.
 */
export async function requireActiveLease(
  tx: Database,
  by: LeaseClaim,
): Promise<HeldRound | undefined> {
  return keptRowOf(
    tx,
    "require_active_lease",
    heldRoundRow,
    sql`select ${heldRoundColumns()}
        from app.round r join app.review_case c on c.id = r.case_id join app.verification v on v.id = c.probe_id
        where r.case_id = ${by.caseId} and r.state = 'open' and r.holder = ${by.staffId}
          and r.lease_kind = 'active' and r.fence = ${by.fence} and r.claimable_at > app.now()
          and ${holderMayWork(sql`r`)}
        for no key update of r`,
  );
}

/** The same without the lock and for a reserved lease too: for reads. */
export async function findLease(db: Database, by: LeaseClaim): Promise<HeldRound | undefined> {
  return keptRowOf(
    db,
    "find_lease",
    heldRoundRow,
    sql`select ${heldRoundColumns()}
        from app.round r join app.review_case c on c.id = r.case_id join app.verification v on v.id = c.probe_id
        where r.case_id = ${by.caseId} and r.state = 'open' and r.holder = ${by.staffId}
          and r.fence = ${by.fence} and r.claimable_at > app.now() and ${holderMayWork(sql`r`)}`,
  );
}

/** What a person holds: at most one active and one reserved lease. */
export interface OwnLeases {
  readonly active: HeldRound | undefined;
  readonly reserved: HeldRound | undefined;
  /** A lease of theirs ran out and nobody has noticed yet: it is in the way of a new one. */
  readonly hasRunOut: boolean;
}

/** The leases of a person. */
export async function ownLeases(db: Database, staffId: string): Promise<OwnLeases> {
  const held = await keptRowsOf(
    db,
    "own_leases",
    heldRoundRow.and(
      z.object({ is_live: z.boolean() }).transform((row) => ({ isLive: row.is_live })),
    ),
    sql`select ${heldRoundColumns()}, r.claimable_at > app.now() as is_live
        from app.round r join app.review_case c on c.id = r.case_id join app.verification v on v.id = c.probe_id
        where r.holder = ${staffId} and r.state = 'open'`,
  );
  const live = held.filter((each) => each.isLive);
  return {
    active: live.find((each) => each.kind === "active"),
    reserved: live.find((each) => each.kind === "reserved"),
    hasRunOut: live.length < held.length,
  };
}

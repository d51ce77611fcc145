import { sql } from "drizzle-orm";
import { z } from "zod";
import type { LeaseKind } from "@secondlook/domain/queue/lease";
import { column, type Database, idColumn } from "../database.ts";
import { keptRowOf } from "../kept-statement.ts";
import type { Claimer } from "./claimer.ts";
import { ranksOf, scopeOf } from "./eligibility.ts";
import { type HeldRound, heldRoundRow } from "./lease.ts";

/** A lease that ended by itself, noticed when its round is claimed again. */
export interface ExpiredLease {
  readonly holder: `usr_${string}`;
  readonly fence: number;
}

export interface Claimed {
  readonly held: HeldRound;
  /** Whose lease had run out on this round, if anybody's. */
  readonly expired: ExpiredLease | undefined;
}

/** What a more urgent round is measured against. */
export interface Urgency {
  readonly stageRank: number;
  readonly priority: number;
}

/** Columns `former_holder` and `former_fence`: whose lease a claim found run out. */
export const formerRow = z
  .object({ former_holder: idColumn("actor").nullable(), former_fence: column.count })
  .transform((row) => ({
    expired:
      row.former_holder === null
        ? undefined
        : { holder: row.former_holder, fence: row.former_fence },
  }));

/** Above every rank and priority: anything may be claimed. */
const ANY = 32_767;

/**
 * Claims the most urgent round that this person may work, over the routes that reach them; with
 * `before`, only one that is strictly more urgent; `thorough` distrusts what earlier claims noted of
 * where the queue begins. Undefined where there is none. `lockClaimer` comes first. How it stays quick
 * stands with `app.pick_round` in migration 0006, and which cases have to wait in 0007.
 */
export async function claimRound(
  tx: Database,
  by: {
    readonly staff: Claimer;
    readonly kind: LeaseKind;
    readonly before?: Urgency | undefined;
    readonly thorough?: boolean;
  },
): Promise<Claimed | undefined> {
  const { before, kind, staff } = by;
  const [firstRank] = ranksOf(staff.role);
  if (firstRank === undefined) return undefined;
  const scope = scopeOf(staff);
  const row = await keptRowOf(
    tx,
    "claim_round",
    heldRoundRow.and(formerRow),
    sql`select * from app.claim_round(${staff.id}, ${kind}, ${firstRank}::smallint,
          ${scope.regions}, ${scope.languages}, ${scope.skills},
          ${before?.stageRank ?? ANY}::smallint, ${before?.priority ?? ANY}::smallint, ${by.thorough ?? false}::boolean)`,
  );
  if (row === undefined) return undefined;
  const { expired, ...held } = row;
  return { held, expired };
}

/** Claims the next round to be kept ready behind the active one. */
export async function reserveNext(tx: Database, staff: Claimer): Promise<Claimed | undefined> {
  return claimRound(tx, { staff, kind: "reserved" });
}

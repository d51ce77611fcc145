import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { type Database, idColumn, run } from "../database.ts";
import { keptRowOf } from "../kept-statement.ts";
import type { Claimer } from "./claimer.ts";
import { notInvolved, notSkipped, ranksOf, routeFits, scopeOf } from "./eligibility.ts";
import { grantLease } from "./grant.ts";
import type { HeldRound } from "./lease.ts";
import { keepForNobody } from "./route-round.ts";

const keptRow = z
  .object({ case_id: idColumn("case"), cycle: z.int(), round: z.enum(ROUNDS) })
  .transform((row) => ({ caseId: row.case_id, cycle: row.cycle, round: row.round }));

/**
 * Takes the most urgent round that a lead keeps for this person, if they may still work it. Asks that
 * they hold no active lease, and that `lockClaimer` came first.
 */
export async function claimKept(tx: Database, staff: Claimer): Promise<HeldRound | undefined> {
  const [firstRank] = ranksOf(staff.role);
  if (firstRank === undefined) return undefined;
  // Asked alone, since nearly always nothing is: joined at once to a round table of millions that was
  // not analysed since, it could be planned as a scan of that.
  const isAny = await keptRowOf(
    tx,
    "kept_for_any",
    z.object({}),
    sql`select from app.routing g where g.staff_id = ${staff.id} and g.until > app.now() limit 1`,
  );
  if (isAny === undefined) return undefined;
  const me = sql`${staff.id}`;
  const kept = await keptRowOf(
    tx,
    "kept_for",
    keptRow,
    sql`select r.case_id, r.cycle, r.round
        from app.routing g
        join app.round r on r.case_id = g.case_id and r.cycle = g.cycle and r.round = g.round
        join app.route t on t.id = r.route_id
        where g.staff_id = ${staff.id} and g.until > app.now() and g.not_before <= app.now()
          and r.state = 'open' and r.holder is null and r.stage_rank >= ${firstRank}::smallint
          and ${routeFits(sql`t`, scopeOf(staff))} and ${notInvolved(sql`r`, me)}
          and ${notSkipped(sql`r`, me, sql`app.now()`)}
        order by r.stage_rank, r.priority, r.due_at, r.case_id limit 1
        for no key update of r skip locked`,
  );
  if (kept === undefined) return undefined;
  await pinCycle(tx, kept);
  await keepForNobody(tx, kept);
  return grantLease(tx, { ...kept, staffId: staff.id, kind: "active" });
}

/** The first claim of a cycle pins the policy in force and the candidates shown, as `app.claim_round` does. */
async function pinCycle(
  tx: Database,
  of: { readonly caseId: string; readonly cycle: number },
): Promise<void> {
  await run(
    tx,
    sql`with pinned as (
          update app.review_case c set policy_version = (
            select p.version from app.policy p where p.starts_at <= app.now() order by p.version desc limit 1)
          where c.id = ${of.caseId} and c.policy_version is null returning c.id)
        select sealed.pin_shown(id, ${of.cycle}::integer) from pinned`,
  );
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS, STAGE_RANK, type Stage } from "@secondlook/domain/cases/stage";
import type { UpstreamKind } from "@secondlook/domain/cases/upstream";
import type { Id } from "@secondlook/domain/ids";
import { column, type Database, idColumn, rowOf, run } from "../database.ts";

const endedRow = z
  .object({
    cycle: z.int(),
    round: z.enum(ROUNDS),
    fence: column.count,
    holder: idColumn("actor").nullable(),
    ran_out: z.boolean(),
  })
  .transform((row) => ({
    cycle: row.cycle,
    round: row.round,
    fence: row.fence,
    holder: row.holder,
    /** The lease had run out before, and nobody had noticed. */
    ranOut: row.ran_out,
  }));

/** A round that upstream ended, with whoever held it. */
export type ClosedRound = z.output<typeof endedRow>;

/**
 * Closes the open round of a case, whoever holds it, and remembers why, so that they are told at
 * their next word. What they sealed and wrote stays.
 */
export async function closeOpenRound(
  tx: Database,
  by: { readonly caseId: Id<"case">; readonly reason: UpstreamKind },
): Promise<ClosedRound | undefined> {
  const closed = await rowOf(
    tx,
    endedRow,
    sql`with ended as materialized (
          select r.case_id, r.cycle, r.round, r.holder, r.claimable_at <= app.now() as ran_out
          from app.round r where r.case_id = ${by.caseId} and r.state = 'open' for no key update)
        update app.round r set state = 'closed', holder = null, lease_kind = null, hard_until = null
        from ended e where r.case_id = e.case_id and r.cycle = e.cycle and r.round = e.round
        returning r.cycle, r.round, r.fence, e.holder, e.ran_out`,
  );
  if (closed === undefined || closed.holder === null) return closed;
  await run(
    tx,
    sql`insert into app.cancelled_lease (fence, case_id, staff_id, reason)
        values (${closed.fence}, ${by.caseId}, ${closed.holder}, ${by.reason})`,
  );
  return closed;
}

/**
 * Moves a case on a message from upstream, out of the stage and cycle that the rules saw. A new cycle
 * pins the policy anew when it is first claimed; its round is claimable at once. False where the case
 * is not there any more.
 *
 * @param slaMinutes where the case rested: its time begins anew, since nobody here held it up.
 */
export async function moveByUpstream(
  tx: Database,
  move: {
    readonly caseId: Id<"case">;
    readonly from: { readonly stage: Stage; readonly cycle: number };
    readonly to: { readonly stage: Stage; readonly cycle: number };
    readonly slaMinutes: number | undefined;
  },
): Promise<boolean> {
  const { caseId, from, to } = move;
  const due =
    move.slaMinutes === undefined
      ? sql`c.due_at`
      : sql`app.now() + make_interval(mins => ${move.slaMinutes})`;
  const moved = await rowOf(
    tx,
    z.object({ id: z.string() }),
    sql`update app.review_case c
        set stage = ${to.stage}, cycle = ${to.cycle}, settles_at = null, due_at = ${due},
            policy_version = case when ${to.cycle}::int = c.cycle then c.policy_version end
        where c.id = ${caseId} and c.stage = ${from.stage} and c.cycle = ${from.cycle} returning c.id`,
  );
  if (moved === undefined) return false;
  if (to.stage !== "first") return true;
  await run(
    tx,
    sql`insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since)
        select c.id, c.cycle, 'first', t.id, ${STAGE_RANK.first}, c.priority, c.due_at, app.now(), app.now()
        from app.review_case c
        join app.route t on t.region = c.region and t.languages = c.languages and t.skills = c.skills
        where c.id = ${caseId}`,
  );
  return true;
}

/** Removes the drafts of a case that nobody will work on any more. */
export async function removeDrafts(tx: Database, caseId: Id<"case">): Promise<void> {
  await run(tx, sql`delete from app.draft where case_id = ${caseId}`);
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import type { CancelReason } from "@secondlook/domain/queue/cancelled";
import { column, type Database, idColumn, rowOf, run } from "../database.ts";
import type { Claimer } from "./claimer.ts";
import { notInvolved, notSkipped, ranksOf, routeFits, scopeOf } from "./eligibility.ts";
import { judgeable } from "./listed.ts";

const routedRow = z
  .object({
    case_id: idColumn("case"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    fence: column.count,
    holder: idColumn("actor").nullable(),
    ran_out: idColumn("actor").nullable(),
    is_active: z.boolean(),
    kept: z.boolean(),
    stage_rank: z.int(),
    not_before: column.instant,
    probe_subject_id: idColumn("subject"),
  })
  .transform((row) => ({
    caseId: row.case_id,
    cycle: row.cycle,
    round: row.round,
    fence: row.fence,
    /** Whoever has a live lease on it, working on it or keeping it ready. */
    holder: row.holder,
    /** Whose lease on it had run out, unnoticed until now. */
    ranOut: row.ran_out,
    /** Somebody works on it. */
    isActive: row.is_active,
    /** It is kept for a person who has not taken it yet. */
    isKept: row.kept,
    stageRank: row.stage_rank,
    /** Now, or when the decision before it can't be undone any more. */
    notBefore: row.not_before,
    probeSubjectId: row.probe_subject_id,
  }));

/** The open round of a case, as whoever routes it has it locked. */
export type RoutedRound = z.output<typeof routedRow>;

/** Locks the open round of a case, whoever holds it. Undefined where none is open. */
export async function lockOpenRound(
  tx: Database,
  caseId: string,
): Promise<RoutedRound | undefined> {
  // Locked first and looked at then: a statement that waited for the lock would see for whom the
  // round is kept as that was before.
  await run(
    tx,
    sql`select from app.round r where r.case_id = ${caseId} and r.state = 'open' for no key update`,
  );
  return rowOf(
    tx,
    routedRow,
    sql`select r.case_id, r.cycle, r.round, r.fence, r.stage_rank, v.subject_id as probe_subject_id,
               case when r.claimable_at > app.now() then r.holder end as holder,
               case when r.claimable_at <= app.now() then r.holder end as ran_out,
               coalesce(r.lease_kind = 'active' and r.claimable_at > app.now(), false) as is_active,
               r.holder is null and exists (
                 select from app.routing g where g.case_id = r.case_id and g.cycle = r.cycle
                   and g.round = r.round and g.until > app.now()) as kept,
               greatest(app.now(), r.waiting_since) as not_before
        from app.round r join app.review_case c on c.id = r.case_id join app.verification v on v.id = c.probe_id
        where r.case_id = ${caseId} and r.state = 'open'`,
  );
}

/** Whether this person may still judge the case of that round, and so must not learn of it. */
export async function mayStillJudge(
  tx: Database,
  round: RoutedRound,
  person: Claimer,
): Promise<boolean> {
  const row = await rowOf(
    tx,
    z.object({ may_judge: z.boolean() }),
    sql`select j.may_judge from app.round r join app.route t on t.id = r.route_id ${judgeable(person)}
        where r.case_id = ${round.caseId} and r.cycle = ${round.cycle} and r.round = ${round.round}`,
  );
  return row?.may_judge ?? true;
}

/** Whether this person may work that round, whoever has it now. */
export async function mayWorkRound(
  tx: Database,
  round: RoutedRound,
  person: Claimer,
): Promise<boolean> {
  if (!ranksOf(person.role).includes(round.stageRank)) return false;
  const me = sql`${person.id}`;
  const found = await rowOf(
    tx,
    z.object({}),
    sql`select from app.round r join app.route t on t.id = r.route_id
        where r.case_id = ${round.caseId} and r.cycle = ${round.cycle} and r.round = ${round.round}
          and ${routeFits(sql`t`, scopeOf(person))} and ${notInvolved(sql`r`, me)}
          and ${notSkipped(sql`r`, me, sql`app.now()`)}`,
  );
  return found !== undefined;
}

/**
 * Ends whatever lease is on the locked round; it may be claimed from `from` on. Whoever had it is
 * told why at their next word; what they sealed and wrote stays.
 */
export async function takeAway(
  tx: Database,
  round: RoutedRound,
  by: { readonly reason: CancelReason; readonly from: Date },
): Promise<void> {
  await run(
    tx,
    sql`update app.round r set holder = null, lease_kind = null, opened_at = null, hard_until = null,
          claimable_at = ${by.from.toISOString()}::timestamptz
        where r.case_id = ${round.caseId} and r.cycle = ${round.cycle} and r.round = ${round.round}`,
  );
  if (round.holder === null) return;
  await run(
    tx,
    sql`insert into app.cancelled_lease (fence, case_id, staff_id, reason)
        values (${round.fence}, ${round.caseId}, ${round.holder}, ${by.reason})`,
  );
}

/** Remembers for whom the locked round is kept, from when on they may take it, and until when. */
export async function keepFor(
  tx: Database,
  round: RoutedRound,
  to: { readonly staffId: string; readonly until: Date },
): Promise<void> {
  await run(
    tx,
    sql`insert into app.routing (case_id, cycle, round, staff_id, until, not_before)
        values (${round.caseId}, ${round.cycle}, ${round.round}, ${to.staffId},
                ${to.until.toISOString()}, ${round.notBefore.toISOString()})
        on conflict (case_id, cycle, round) do update
          set staff_id = excluded.staff_id, until = excluded.until, not_before = excluded.not_before`,
  );
}

/** Forgets for whom a round was kept: they took it, or it is everybody's again. */
export async function keepForNobody(
  tx: Database,
  round: Pick<RoutedRound, "caseId" | "cycle" | "round">,
): Promise<void> {
  await run(
    tx,
    sql`delete from app.routing where case_id = ${round.caseId} and cycle = ${round.cycle} and round = ${round.round}`,
  );
}

/**
 * Remembers that a person routed a case by name, so that no round of it is ever given to them, and
 * tells the probe's account. Undefined where there is no such case.
 */
export async function recordRouting(
  tx: Database,
  caseId: string,
  staffId: string,
): Promise<`sub_${string}` | undefined> {
  const row = await rowOf(
    tx,
    z.object({ subject_id: idColumn("subject") }),
    sql`with noted as (
          insert into app.involvement (case_id, staff_id, cycle, round, how)
          select c.id, ${staffId}, c.cycle, 'any', 'routed' from app.review_case c where c.id = ${caseId}
          on conflict do nothing)
        select v.subject_id from app.review_case c join app.verification v on v.id = c.probe_id
        where c.id = ${caseId}`,
  );
  return row?.subject_id;
}

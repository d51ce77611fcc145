import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { column, type Database, idColumn, rowOf, run } from "../database.ts";
import { notInvolved } from "../queue/eligibility.ts";

const ownRow = z
  .object({
    id: idColumn("decision"),
    case_id: idColumn("case"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    policy_version: z.int(),
    fence: column.count,
    undone: z.boolean(),
    probe_subject_id: idColumn("subject"),
  })
  .transform((row) => ({
    id: row.id,
    caseId: row.case_id,
    cycle: row.cycle,
    round: row.round,
    policyVersion: row.policy_version,
    fence: row.fence,
    undone: row.undone,
    probeSubjectId: row.probe_subject_id,
  }));

export type OwnDecision = z.output<typeof ownRow>;

/**
 * Locks a decision of this person until the transaction ends, so that nobody takes it for effective
 * while it is being undone.
 */
export async function lockOwnDecision(
  tx: Database,
  by: { readonly decisionId: string; readonly staffId: string },
): Promise<OwnDecision | undefined> {
  return rowOf(
    tx,
    ownRow,
    sql`select d.id, d.case_id, d.cycle, d.round, d.policy_version, d.fence, d.undone_at is not null as undone,
               v.subject_id as probe_subject_id
        from app.decision d join app.review_case c on c.id = d.case_id join app.verification v on v.id = c.probe_id
        where d.id = ${by.decisionId} and d.staff_id = ${by.staffId} for no key update of d`,
  );
}

const roundRow = z.object({ cycle: z.int(), round: z.enum(ROUNDS), claimed: z.boolean() });

/** Locks the round that is due, if any; whoever claims passes over it meanwhile. */
export async function lockRoundDue(
  tx: Database,
  caseId: string,
): Promise<z.output<typeof roundRow> | undefined> {
  for (;;) {
    const round = await rowOf(
      tx,
      roundRow,
      sql`select cycle, round, fence > 0 as claimed from app.round
          where case_id = ${caseId} and state = 'open' for update`,
    );
    if (round !== undefined) return round;
    // Who was waited for may have closed the round and opened the next, which that statement did not see.
    const next = await rowOf(
      tx,
      z.object({ round: z.string() }),
      sql`select round from app.round where case_id = ${caseId} and state = 'open'`,
    );
    if (next === undefined) return undefined;
  }
}

/** Takes away a round that nobody ever claimed. False where somebody did. */
export async function removeRound(
  tx: Database,
  round: { readonly caseId: string; readonly cycle: number; readonly round: string },
): Promise<boolean> {
  const row = await rowOf(
    tx,
    z.object({ case_id: z.string() }),
    sql`delete from app.round where case_id = ${round.caseId} and cycle = ${round.cycle} and round = ${round.round}
          and state = 'open' and fence = 0 returning case_id`,
  );
  return row !== undefined;
}

/** Marks a decision as undone, with what came with it: its question goes. */
export async function markUndone(
  tx: Database,
  decision: OwnDecision,
  staffId: string,
): Promise<void> {
  await run(
    tx,
    sql`update app.decision set undone_at = app.now() where id = ${decision.id} and undone_at is null`,
  );
  await run(
    tx,
    sql`delete from app.question where case_id = ${decision.caseId} and cycle = ${decision.cycle}
          and round = ${decision.round} and staff_id = ${staffId}`,
  );
}

/**
 * Opens a decided round again; its author gets the lease next, in the same transaction. False where
 * they took part in the case elsewhere since, so that they may not judge it any more.
 */
export async function reopenRound(
  tx: Database,
  decision: OwnDecision,
  staffId: string,
): Promise<boolean> {
  const row = await rowOf(
    tx,
    z.object({ case_id: z.string() }),
    sql`update app.round r set state = 'open', claimable_at = app.now()
        where r.case_id = ${decision.caseId} and r.cycle = ${decision.cycle} and r.round = ${decision.round}
          and r.state = 'decided' and ${notInvolved(sql`r`, sql`${staffId}`)} returning r.case_id`,
  );
  return row !== undefined;
}

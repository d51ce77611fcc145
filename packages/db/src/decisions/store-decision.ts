import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Round, Stage } from "@secondlook/domain/cases/stage";
import { STAGE_RANK } from "@secondlook/domain/cases/stage";
import type { Finding, Outcome } from "@secondlook/domain/decisions/outcome";
import type { Id } from "@secondlook/domain/ids";
import { type Database, rowOf, run, textArray } from "../database.ts";
import type { HeldRound } from "../queue/lease.ts";

/** A decision as it is kept. */
export interface NewDecision {
  readonly id: Id<"decision">;
  readonly held: HeldRound;
  readonly staffId: string;
  readonly outcome: Outcome;
  readonly findings: readonly { readonly candidateId: string; readonly finding: Finding }[];
  readonly reasons: readonly string[];
  /** Encrypted under the probe's key; null where nothing was written. */
  readonly rationale: Uint8Array | null;
  readonly isFinal: boolean;
  readonly decidedAt: Date;
  readonly undoUntil: Date;
}

/** Records a decision with its findings. A second one of the same round fails (23505). */
export async function insertDecision(tx: Database, row: NewDecision): Promise<void> {
  const { held } = row;
  await run(
    tx,
    sql`insert into app.decision (id, case_id, cycle, round, staff_id, outcome, reasons, rationale, policy_version,
                                  fence, is_final, decided_at, undo_until)
        values (${row.id}, ${held.caseId}, ${held.cycle}, ${held.round}, ${row.staffId}, ${row.outcome},
                ${textArray(row.reasons)}, ${row.rationale}, ${held.policyVersion}, ${held.fence}, ${row.isFinal},
                ${row.decidedAt.toISOString()}::timestamptz, ${row.undoUntil.toISOString()}::timestamptz)`,
  );
  if (row.findings.length === 0) return;
  const values = row.findings.map((each) => sql`(${row.id}, ${each.candidateId}, ${each.finding})`);
  await run(
    tx,
    sql`insert into app.finding (decision_id, candidate_id, finding) values ${sql.join(values, sql`, `)}`,
  );
}

/** Keeps the question to a lead; encrypted under the probe's key. */
export async function saveQuestion(
  tx: Database,
  row: { readonly held: HeldRound; readonly staffId: string; readonly text: Uint8Array },
): Promise<void> {
  const { held } = row;
  await run(
    tx,
    sql`insert into app.question (case_id, cycle, round, staff_id, text)
        values (${held.caseId}, ${held.cycle}, ${held.round}, ${row.staffId}, ${row.text})
        on conflict (case_id, cycle, round, staff_id) do update set text = excluded.text, at = app.now()`,
  );
}

/** Ends the round and its lease. False where the lease went meanwhile. */
export async function closeRound(
  tx: Database,
  held: Pick<HeldRound, "caseId" | "cycle" | "round" | "fence">,
): Promise<boolean> {
  const row = await rowOf(
    tx,
    z.object({ case_id: z.string() }),
    sql`update app.round set state = 'decided', holder = null, lease_kind = null, hard_until = null
        where case_id = ${held.caseId} and cycle = ${held.cycle} and round = ${held.round}
          and state = 'open' and fence = ${held.fence} returning case_id`,
  );
  return row !== undefined;
}

/** Opens the next round, on the same route, for whoever claims it from then on. */
export async function openRound(
  tx: Database,
  next: {
    readonly after: HeldRound;
    readonly cycle: number;
    readonly round: Round;
    readonly claimableAt: Date;
  },
): Promise<void> {
  const { after } = next;
  const from = next.claimableAt.toISOString();
  await run(
    tx,
    sql`insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since)
        select c.id, ${next.cycle}, ${next.round}, ${after.routeId}, ${STAGE_RANK[next.round]}, c.priority, c.due_at,
               ${from}::timestamptz, ${from}::timestamptz
        from app.review_case c where c.id = ${after.caseId}`,
  );
}

/** Where a case is to stand, and where it must have stood before. */
export interface CaseMove {
  readonly caseId: string;
  readonly from: { readonly stage: Stage; readonly cycle: number };
  readonly to: { readonly stage: Stage; readonly cycle: number };
  /** The end of the newest standing decision's undo window; null where none stands. */
  readonly settlesAt: Date | null;
  /** Null where a new cycle begins, which pins the policy in force when it is first claimed. */
  readonly policyVersion: number | null;
}

/** Moves a case from the stage and cycle that the rules saw. False where it is not there. */
export async function moveCase(tx: Database, move: CaseMove): Promise<boolean> {
  const row = await rowOf(
    tx,
    z.object({ id: z.string() }),
    sql`update app.review_case
        set stage = ${move.to.stage}, cycle = ${move.to.cycle}, policy_version = ${move.policyVersion},
            settles_at = ${move.settlesAt?.toISOString() ?? null}::timestamptz
        where id = ${move.caseId} and stage = ${move.from.stage} and cycle = ${move.from.cycle} returning id`,
  );
  return row !== undefined;
}

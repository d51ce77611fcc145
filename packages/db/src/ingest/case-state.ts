import { sql } from "drizzle-orm";
import { z } from "zod";
import { STAGES } from "@secondlook/domain/cases/stage";
import { FINDINGS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";
import type { Id } from "@secondlook/domain/ids";
import { column, type Database, idColumn, rowOf, rowsOf } from "../database.ts";

const stateRow = z
  .object({
    id: idColumn("case"),
    external_id: z.string(),
    subject_id: idColumn("subject"),
    subject_external_id: z.string(),
    stage: z.enum(STAGES),
    cycle: z.int(),
    settling: z.boolean(),
    received_at: column.instant,
    due_at: column.instant,
  })
  .transform((row) => ({
    caseId: row.id,
    externalId: row.external_id,
    subjectId: row.subject_id,
    subjectExternalId: row.subject_external_id,
    stage: row.stage,
    cycle: row.cycle,
    settling: row.settling,
    receivedAt: row.received_at,
    dueAt: row.due_at,
  }));

export type CaseState = z.output<typeof stateRow>;

/**
 * Where a source's own case stands. An undo that began in time holds the case locked: this waits for
 * it, and then finds the case where the undo has put it.
 */
export async function findCaseState(
  db: Database,
  by: { readonly caseId: Id<"case">; readonly sourceId: Id<"source"> },
): Promise<CaseState | undefined> {
  return rowOf(
    db,
    stateRow,
    sql`select c.id, c.external_id, v.subject_id, s.external_id as subject_external_id, c.stage, c.cycle,
               coalesce(c.settles_at > app.now(), false) as settling, c.received_at, c.due_at
        from app.review_case c join app.verification v on v.id = c.probe_id join app.subject s on s.id = v.subject_id
        where c.id = ${by.caseId} and c.source_id = ${by.sourceId} for share of c`,
  );
}

const decisionRow = z
  .object({
    id: idColumn("decision"),
    outcome: z.enum(OUTCOMES),
    reasons: z.array(z.enum(REASON_CODES)),
    policy_version: z.int(),
    decided_at: column.instant,
    undo_until: column.instant,
  })
  .transform((row) => ({
    id: row.id,
    outcome: row.outcome,
    reasons: row.reasons,
    policyVersion: row.policy_version,
    decidedAt: row.decided_at,
    effectiveAt: row.undo_until,
  }));

export type LastDecision = z.output<typeof decisionRow>;

/** The newest decision of a cycle whose undo window is over. Whether it rules, it doesn't tell. */
export async function lastSettledDecision(
  db: Database,
  by: { readonly caseId: Id<"case">; readonly cycle: number },
): Promise<LastDecision | undefined> {
  return rowOf(
    db,
    decisionRow,
    sql`select id, outcome, reasons, policy_version, decided_at, undo_until from app.decision
        where case_id = ${by.caseId} and cycle = ${by.cycle} and undone_at is null and undo_until <= app.now()
        order by decided_at desc limit 1`,
  );
}

/** The findings of a decision by the accounts' upstream ids. */
export async function findingsOf(
  db: Database,
  decisionId: Id<"decision">,
): Promise<
  readonly { readonly externalId: string; readonly finding: (typeof FINDINGS)[number] }[]
> {
  const rows = await rowsOf(
    db,
    z.object({ external_id: z.string(), finding: z.enum(FINDINGS) }),
    sql`select s.external_id, f.finding from app.finding f
        join app.candidate k on k.id = f.candidate_id join app.subject s on s.id = k.subject_id
        where f.decision_id = ${decisionId} order by s.external_id`,
  );
  return rows.map((row) => ({ externalId: row.external_id, finding: row.finding }));
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS, STAGES } from "@secondlook/domain/cases/stage";
import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";
import { column, type Database, idColumn, rowOf, rowsOf, textArray } from "../database.ts";
import { MADE_UP_SOURCES } from "../insights/load-history.ts";

const pageRow = z
  .object({
    id: idColumn("case"),
    external_id: z.string(),
    subject_id: idColumn("subject"),
    region: z.string(),
    priority: z.int(),
    languages: z.array(z.string()),
    flagged_at: column.instant,
    received_at: column.instant,
    due_at: column.instant,
    stage: z.enum(STAGES),
    cycle: z.int(),
    settles_at: column.instant.nullable(),
    policy_version: z.int().nullable(),
    candidates: column.count,
    evidence: column.count,
    made_up: z.boolean(),
  })
  .transform((row) => ({
    caseId: row.id,
    externalId: row.external_id,
    probeSubjectId: row.subject_id,
    region: row.region,
    priority: row.priority,
    languages: row.languages,
    flaggedAt: row.flagged_at,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    stage: row.stage,
    cycle: row.cycle,
    settlesAt: row.settles_at,
    policyVersion: row.policy_version,
    candidates: row.candidates,
    evidence: row.evidence,
    /** Of a made-up past: nobody sent it and nobody decided it. */
    madeUp: row.made_up,
  }));

export type CaseHead = z.output<typeof pageRow>;

/** What a case's page says above its decisions. */
export async function findCaseHead(db: Database, caseId: string): Promise<CaseHead | undefined> {
  return rowOf(
    db,
    pageRow,
    sql`select c.id, c.external_id, v.subject_id, c.region, c.priority, c.languages, c.flagged_at,
               c.received_at, c.due_at, c.stage, c.cycle, c.settles_at, c.policy_version,
               now.candidates,
               (select count(*) from app.evidence e
                where e.verification_id = c.probe_id or e.verification_id = any(now.snapshots)) as evidence,
               s.name = any(${textArray(MADE_UP_SOURCES)}) as made_up
        from app.review_case c join app.verification v on v.id = c.probe_id
        join app.source s on s.id = c.source_id
        cross join lateral (
          -- What the case is about now: the newest run's candidates, each with its newest snapshot.
          select count(*) as candidates, array_agg(coalesce(
                   (select p.verification_id from app.capture p
                    where p.case_id = c.id and p.candidate_id = k.id and p.cycle <= c.cycle
                    order by p.cycle desc, p.place desc limit 1), k.verification_id)) as snapshots
          from app.candidate k where k.case_id = c.id and k.run_id = sealed.run_in_force(c.id, c.cycle)) as now
        where c.id = ${caseId}`,
  );
}

const decisionRow = z
  .object({
    id: idColumn("decision"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    staff_id: idColumn("actor"),
    display_name: z.string(),
    outcome: z.enum(OUTCOMES),
    reasons: z.array(z.enum(REASON_CODES)),
    rationale: column.bytes.nullable(),
    question: column.bytes.nullable(),
    mistake_note: column.bytes.nullable(),
    mistake_at: column.instant.nullable(),
    same: column.count,
    different: column.count,
    unresolved: column.count,
    decided_at: column.instant,
    undone_at: column.instant.nullable(),
    effective_at: column.instant.nullable(),
  })
  .transform((row) => ({
    id: row.id,
    cycle: row.cycle,
    round: row.round,
    staffId: row.staff_id,
    displayName: row.display_name,
    outcome: row.outcome,
    reasons: row.reasons,
    /** Encrypted under the probe's key. */
    rationale: row.rationale,
    /** What its author asked a lead; encrypted like the rationale. */
    question: row.question,
    /** Its author reported it as a mistake; the note is encrypted under the probe's key, too. */
    mistake:
      row.mistake_note === null || row.mistake_at === null
        ? null
        : { note: row.mistake_note, at: row.mistake_at },
    same: row.same,
    different: row.different,
    unresolved: row.unresolved,
    decidedAt: row.decided_at,
    undoneAt: row.undone_at,
    /** Since when it rules; a decision of an earlier cycle keeps the time since when it did. */
    effectiveAt: row.effective_at,
  }));

export type CaseDecision = z.output<typeof decisionRow>;

/** Every decision of a case in the order in which they were made, those taken back among them. */
export async function decisionsOf(db: Database, caseId: string): Promise<readonly CaseDecision[]> {
  return rowsOf(
    db,
    decisionRow,
    sql`select d.id, d.cycle, d.round, d.staff_id, p.display_name, d.outcome, d.reasons, d.rationale,
               q.text as question, m.note as mistake_note, m.at as mistake_at,
               count(f.finding) filter (where f.finding = 'same') as same,
               count(f.finding) filter (where f.finding = 'different') as different,
               count(f.finding) filter (where f.finding = 'unresolved') as unresolved,
               d.decided_at, d.undone_at,
               case when d.is_final and d.undone_at is null and d.undo_until <= app.now()
                    then d.undo_until end as effective_at
        from app.decision d join app.staff p on p.id = d.staff_id
        left join app.finding f on f.decision_id = d.id
        left join app.mistake m on m.decision_id = d.id
        -- A round has one question at most, and it goes with the decision that is taken back.
        left join app.question q on q.case_id = d.case_id and q.cycle = d.cycle and q.round = d.round
          and q.staff_id = d.staff_id and d.undone_at is null
        where d.case_id = ${caseId} group by d.id, p.display_name, m.decision_id, q.text order by d.decided_at, d.id`,
  );
}

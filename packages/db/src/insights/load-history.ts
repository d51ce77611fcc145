import { STAGE_RANK } from "@secondlook/domain/cases/stage";
import type { HistoryCase } from "@secondlook/domain/insights/history-case";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowOf, run } from "../database.ts";

/** Under which source a made-up year stands. */
export const HISTORY_SOURCE = "made-up history";
/** Under which source the demo's last two weeks stand; a year may come to them. */
export const RECENT_SOURCE = "made-up two weeks";
export const MADE_UP_SOURCES = [HISTORY_SOURCE, RECENT_SOURCE] as const;
export type MadeUpSource = (typeof MADE_UP_SOURCES)[number];

/** What every case of a made-up past shares: two accounts, and the people by their number in it. */
export interface HistoryFrame {
  readonly sourceId: string;
  readonly probeId: string;
  readonly candidate: { readonly verificationId: string; readonly subjectId: string };
  readonly staffIds: readonly string[];
  readonly policyVersion: number;
}

const foundSchema = z.object({ real: z.boolean(), history: z.boolean(), recent: z.boolean() });

/** Whether there are cases that are not made up, by their source, and which pasts were loaded already. */
export async function casesThere(
  db: Database,
  demoSource: string,
): Promise<z.output<typeof foundSchema>> {
  const row = await rowOf(
    db,
    foundSchema,
    sql`select exists (select from app.review_case c join app.source s on s.id = c.source_id
                       where s.name not in (${demoSource}, ${HISTORY_SOURCE}, ${RECENT_SOURCE})) as real,
               exists (select from app.review_case c join app.source s on s.id = c.source_id
                       where s.name = ${HISTORY_SOURCE}) as history,
               exists (select from app.review_case c join app.source s on s.id = c.source_id
                       where s.name = ${RECENT_SOURCE}) as recent`,
  );
  return row ?? { real: true, history: true, recent: true };
}

/**
 * Writes settled cases in bulk, as the database's owner, past triggers and checks where it may; no event
 * tells of them. The figures have to be rebuilt afterwards.
 */
export async function loadHistory(
  owner: Database,
  frame: HistoryFrame,
  cases: readonly HistoryCase[],
): Promise<void> {
  if (cases.length === 0) return;
  await owner.transaction(async (tx) => {
    await run(tx, sql`set local synchronous_commit = off`);
    // What is written holds by the way it was made, and a million checks take as long as the rest.
    await run(
      tx,
      sql`select set_config('session_replication_role', 'replica', true)
          where pg_catalog.has_parameter_privilege(current_user, 'session_replication_role', 'set')`,
    );
    await insertCases(tx, frame, cases);
    await insertDecisions(tx, frame, cases);
  });
}

async function insertCases(
  tx: Database,
  frame: HistoryFrame,
  cases: readonly HistoryCase[],
): Promise<void> {
  const rows = cases.map((each) => ({
    id: each.caseId,
    candidate: each.candidateId,
    run: each.runId,
    region: each.region,
    provider: each.provider,
    model: each.modelVersion,
    threshold: each.threshold,
    similarity: each.similarity,
    recommendation: each.recommendation,
    received: instant(each.receivedAt),
    due: instant(each.dueAt),
    settles: instant((each.decisions.at(-1)?.decidedAt ?? 0) + UNDO_MS),
  }));
  const { probeId, candidate, sourceId, policyVersion } = frame;
  await run(
    tx,
    sql`with c as materialized (
          select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
            id text, candidate text, run text, region text, provider text, model text, threshold numeric, similarity numeric,
            recommendation text, received timestamptz, due timestamptz, settles timestamptz)),
        routes as (
          insert into app.route (region, languages, skills) select distinct c.region, '{}'::text[], '{}'::text[] from c
          on conflict do nothing),
        cases as (
          insert into app.review_case (id, source_id, external_id, probe_id, region, priority, flagged_at, received_at, due_at,
                                       stage, settles_at, policy_version, body_hash, body_pointers)
          select c.id, ${sourceId}, 'made-up-' || right(c.id, 10), ${probeId}, c.region, 2, c.received, c.received, c.due, 'settled', c.settles,
                 ${policyVersion}::integer, '\\x00', '\\x00' from c),
        candidates as (
          insert into app.candidate (id, case_id, verification_id, subject_id, run_id)
          select c.candidate, c.id, ${candidate.verificationId}, ${candidate.subjectId}, c.run from c),
        shown as (
          insert into app.shown_candidate (case_id, cycle, candidate_id, place, verification_id)
          select c.id, 1, c.candidate, 1, ${candidate.verificationId} from c),
        runs as (
          insert into sealed.matcher_run (id, case_id, cycle, provider, model_version, gallery, searched_at, score_scale, threshold, recommendation)
          select c.run, c.id, 1, c.provider, c.model, 'history', c.received, '0-100', c.threshold, c.recommendation from c)
        insert into sealed.score (candidate_id, run_id, similarity, rank) select c.candidate, c.run, c.similarity, 1 from c`,
  );
}

const UNDO_MS = 10_000;

async function insertDecisions(
  tx: Database,
  frame: HistoryFrame,
  cases: readonly HistoryCase[],
): Promise<void> {
  const rows = cases.flatMap((each) =>
    each.decisions.map((decision) => ({
      id: decision.id,
      case: each.caseId,
      candidate: each.candidateId,
      region: each.region,
      round: decision.round,
      rank: STAGE_RANK[decision.round],
      staff: frame.staffIds[decision.person],
      outcome: decision.outcome,
      finding: decision.finding,
      reason: decision.reason,
      sealed: decision.sealed,
      amended: decision.amended,
      opened: instant(decision.openedAt),
      decided: instant(decision.decidedAt),
      undo: instant(decision.decidedAt + UNDO_MS),
      final: decision.isFinal,
      due: instant(each.dueAt),
    })),
  );
  await run(
    tx,
    sql`with d as materialized (
          select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
            id text, "case" text, candidate text, region text, round text, rank smallint, staff text, outcome text, finding text,
            reason text, sealed smallint, amended smallint, opened timestamptz, decided timestamptz, undo timestamptz,
            final boolean, due timestamptz)),
        rounds as (
          insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since,
                                 state, fence, opened_at)
          select d."case", 1, d.round, t.id, d.rank, 2, d.due, d.opened, d.opened, 'decided', 1, d.opened
          from d join app.route t on t.region = d.region and t.languages = '{}' and t.skills = '{}'),
        decisions as (
          insert into app.decision (id, case_id, cycle, round, staff_id, outcome, reasons, policy_version, fence, is_final,
                                    decided_at, undo_until, settled_at, effective_at)
          select d.id, d."case", 1, d.round, d.staff, d.outcome, array[d.reason], ${frame.policyVersion}::integer, 1, d.final,
                 d.decided, d.undo, d.undo, case when d.final then d.undo end from d),
        findings as (
          insert into app.finding (decision_id, candidate_id, finding) select d.id, d.candidate, d.finding from d),
        ratings as (
          insert into app.rating (case_id, cycle, round, staff_id, candidate_id, seq, rating, detail, viewed_ms, at)
          select d."case", 1, d.round, d.staff, d.candidate, s.seq, s.rating, '\\x00', 8000, d.decided
          from d cross join lateral (values (0::smallint, d.sealed), (1::smallint, d.amended)) as s (seq, rating)
          where s.rating is not null),
        reveals as (
          insert into app.reveal (case_id, cycle, round, staff_id, at) select d."case", 1, d.round, d.staff, d.decided from d),
        involved as (
          insert into app.involvement (case_id, staff_id, cycle, round, how, at)
          select d."case", d.staff, 1, d.round, 'decided', d.decided from d)
        insert into app.active_minute (staff_id, minute)
        select d.staff, m from d
        cross join lateral generate_series(date_trunc('minute', d.opened), d.decided, interval '1 minute') m
        on conflict do nothing`,
  );
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { STAGE_RANK } from "@secondlook/domain/cases/stage";
import type { EvidenceKind, PhotoMark, RenditionName } from "@secondlook/domain/evidence/prepared";
import type { Id } from "@secondlook/domain/ids";
import { column, type Database, idColumn, rowOf, rowsOf, run, textArray } from "../database.ts";

const subjectRow = z
  .object({ id: idColumn("subject"), wrapped_key: column.bytes.nullable() })
  .transform((row) => ({ id: row.id, wrappedKey: row.wrapped_key }));

export type StoredSubject = z.output<typeof subjectRow>;

export interface NewSubject {
  readonly id: Id<"subject">;
  readonly sourceId: Id<"source">;
  readonly externalId: string;
  readonly wrappedKey: Uint8Array;
  readonly keyId: Id<"key">;
}

/** The subject of (source, externalId), made with this id and key where there is none. */
export async function ensureSubject(tx: Database, subject: NewSubject): Promise<StoredSubject> {
  await run(
    tx,
    sql`insert into app.subject (id, source_id, external_id, wrapped_key, key_id)
        values (${subject.id}, ${subject.sourceId}, ${subject.externalId}, ${subject.wrappedKey}, ${subject.keyId})
        on conflict (source_id, external_id) do nothing`,
  );
  const found = await rowOf(
    tx,
    subjectRow,
    sql`select id, wrapped_key from app.subject where source_id = ${subject.sourceId} and external_id = ${subject.externalId}`,
  );
  if (found === undefined) throw new Error("the subject was not made");
  return found;
}

const foundSubjectRow = z
  .object({
    id: idColumn("subject"),
    external_id: z.string(),
    wrapped_key: column.bytes.nullable(),
  })
  .transform((row) => ({ id: row.id, externalId: row.external_id, wrappedKey: row.wrapped_key }));

/** Those of a source's accounts that are known, by external id; without a key where erased. */
export async function findSubjects(
  db: Database,
  by: { readonly sourceId: Id<"source">; readonly externalIds: readonly string[] },
): Promise<ReadonlyMap<string, z.output<typeof foundSubjectRow>>> {
  const rows = await rowsOf(
    db,
    foundSubjectRow,
    sql`select id, external_id, wrapped_key from app.subject
        where source_id = ${by.sourceId} and external_id = any(${textArray(by.externalIds)})`,
  );
  return new Map(rows.map((row) => [row.externalId, row]));
}

export interface NewVerification {
  readonly id: Id<"verification">;
  readonly subjectId: Id<"subject">;
  readonly attributes: Uint8Array;
  readonly noticeVersion: string;
  readonly legalBasis: string;
  readonly consentedAt: string | undefined;
  readonly capturedAt: string | undefined;
}

export async function insertVerification(tx: Database, row: NewVerification): Promise<void> {
  await run(
    tx,
    sql`insert into app.verification (id, subject_id, attributes, notice_version, legal_basis, consented_at, captured_at)
        values (${row.id}, ${row.subjectId}, ${row.attributes}, ${row.noticeVersion}, ${row.legalBasis},
                ${row.consentedAt ?? null}::timestamptz, ${row.capturedAt ?? null}::timestamptz)`,
  );
}

export interface NewEvidence {
  readonly id: Id<"evidence">;
  readonly verificationId: Id<"verification">;
  readonly subjectId: Id<"subject">;
  readonly place: number;
  readonly kind: EvidenceKind;
  readonly marks: readonly PhotoMark[];
  readonly faceBox: Uint8Array | null;
  readonly width: number;
  readonly height: number;
  readonly frames: number | null;
  readonly durationMs: number | null;
  readonly codec: string | null;
  readonly renditions: readonly NewRendition[];
}

export interface NewRendition {
  readonly name: RenditionName;
  readonly objectId: Id<"object">;
  readonly mediaType: string;
  readonly byteLength: number;
  readonly width: number;
  readonly height: number;
}

export async function insertEvidence(tx: Database, row: NewEvidence): Promise<void> {
  await run(
    tx,
    sql`insert into app.evidence (id, verification_id, subject_id, place, kind, marks, face_box, width, height, frames, duration_ms, codec)
        values (${row.id}, ${row.verificationId}, ${row.subjectId}, ${row.place}, ${row.kind}, ${textArray(row.marks)},
                ${row.faceBox}, ${row.width}, ${row.height}, ${row.frames}, ${row.durationMs}, ${row.codec})`,
  );
  const values = row.renditions.map(
    (each): SQL =>
      sql`(${row.id}, ${each.name}, ${each.objectId}, ${each.mediaType}, ${each.byteLength}::int, ${each.width}::int, ${each.height}::int)`,
  );
  await run(
    tx,
    sql`insert into app.rendition (evidence_id, name, object_id, media_type, byte_length, width, height)
        values ${sql.join(values, sql`, `)}`,
  );
}

export interface NewCase {
  readonly id: Id<"case">;
  readonly sourceId: Id<"source">;
  readonly externalId: string;
  readonly probeId: Id<"verification">;
  readonly region: string;
  readonly priority: number;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly flaggedAt: string;
  readonly slaMinutes: number;
  readonly bodyHash: Uint8Array;
  readonly bodyPointers: Uint8Array;
}

/** The case at stage `first`, and its first round, claimable at once. */
export async function insertCase(tx: Database, row: NewCase): Promise<void> {
  await run(
    tx,
    sql`insert into app.review_case (id, source_id, external_id, probe_id, region, priority, languages, skills,
                                     flagged_at, received_at, due_at, stage, body_hash, body_pointers)
        values (${row.id}, ${row.sourceId}, ${row.externalId}, ${row.probeId}, ${row.region}, ${row.priority},
                ${textArray(row.languages)}, ${textArray(row.skills)}, ${row.flaggedAt}::timestamptz, app.now(),
                app.now() + make_interval(mins => ${row.slaMinutes}), 'first', ${row.bodyHash}, ${row.bodyPointers})`,
  );
  await run(
    tx,
    sql`insert into app.route (region, languages, skills)
        values (${row.region}, ${textArray(row.languages)}, ${textArray(row.skills)}) on conflict do nothing`,
  );
  await run(
    tx,
    sql`insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since)
        select c.id, 1, 'first', t.id, ${STAGE_RANK.first}, c.priority, c.due_at, c.received_at, c.received_at
        from app.review_case c
        join app.route t on t.region = c.region and t.languages = c.languages and t.skills = c.skills
        where c.id = ${row.id}`,
  );
}

export interface NewCandidate {
  readonly id: Id<"candidate">;
  readonly caseId: Id<"case">;
  readonly verificationId: Id<"verification">;
  readonly subjectId: Id<"subject">;
  readonly sharedSignals: readonly string[];
  readonly runId: Id<"run">;
  /** 0–100 after normalising, or null where the provider gave none. */
  readonly similarity: number | null;
  readonly rank: number;
  readonly matchId: string | null;
}

/** A candidate, and apart from it what the machine said of it, which this log-in can't read back. */
export async function insertCandidate(tx: Database, row: NewCandidate): Promise<void> {
  await run(
    tx,
    sql`insert into app.candidate (id, case_id, verification_id, subject_id, shared_signals, run_id)
        values (${row.id}, ${row.caseId}, ${row.verificationId}, ${row.subjectId},
                ${textArray(row.sharedSignals)}, ${row.runId})`,
  );
  await run(
    tx,
    sql`insert into sealed.score (candidate_id, run_id, similarity, rank, match_id)
        values (${row.id}, ${row.runId}, ${row.similarity}, ${row.rank}, ${row.matchId})`,
  );
}

export interface NewMatcherRun {
  readonly id: Id<"run">;
  readonly caseId: Id<"case">;
  /** The first cycle that it counts in. */
  readonly cycle: number;
  readonly provider: string;
  readonly modelVersion: string;
  readonly gallery: string;
  readonly searchedAt: string;
  readonly scoreScale: "0-1" | "0-100" | "none";
  readonly threshold: number | null;
  readonly recommendation: "same_person" | "different_person" | "none";
}

export async function insertMatcherRun(tx: Database, row: NewMatcherRun): Promise<void> {
  await run(
    tx,
    sql`insert into sealed.matcher_run (id, case_id, cycle, provider, model_version, gallery, searched_at, score_scale, threshold, recommendation)
        values (${row.id}, ${row.caseId}, ${row.cycle}, ${row.provider}, ${row.modelVersion}, ${row.gallery},
                ${row.searchedAt}::timestamptz, ${row.scoreScale}, ${row.threshold}, ${row.recommendation})`,
  );
}

/** The provider's answer, encrypted under the probe's key; this log-in can't read it back. */
export interface NewProviderAnswer {
  readonly runId: Id<"run">;
  readonly answer: Uint8Array;
}

export async function insertProviderAnswer(tx: Database, row: NewProviderAnswer): Promise<void> {
  await run(
    tx,
    sql`insert into sealed.provider_answer (run_id, answer) values (${row.runId}, ${row.answer})`,
  );
}

/** That an account has a value, by the value's keyed hash alone. */
export interface NewSignal {
  readonly kind: "payoutAccount" | "deviceId" | "address";
  readonly hash: Uint8Array;
  readonly subjectId: Id<"subject">;
}

/** Remembers signals; ones that are known already stay. */
export async function insertSignals(tx: Database, rows: readonly NewSignal[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(
    ({ kind, hash, subjectId }): SQL => sql`(${kind}, ${hash}::bytea, ${subjectId})`,
  );
  // Sorted, so that two cases that name the same accounts in another order can't wait for each other.
  await run(
    tx,
    sql`insert into app.signal (kind, hash, subject_id)
        select kind, hash, subject_id from (values ${sql.join(values, sql`, `)}) as given (kind, hash, subject_id)
        order by subject_id, kind, hash on conflict do nothing`,
  );
}

const earlierRow = z
  .object({
    id: idColumn("case"),
    subject_id: idColumn("subject"),
    body_hash: column.bytes,
    body_pointers: column.bytes,
    wrapped_key: column.bytes.nullable(),
  })
  .transform((row) => ({
    caseId: row.id,
    subjectId: row.subject_id,
    bodyHash: row.body_hash,
    bodyPointers: row.body_pointers,
    wrappedKey: row.wrapped_key,
  }));

export type EarlierCase = z.output<typeof earlierRow>;

/** The case that this source sent before under this id, with what tells a repeat from another body. */
export async function findEarlierCase(
  db: Database,
  by: { readonly sourceId: Id<"source">; readonly externalId: string },
): Promise<EarlierCase | undefined> {
  return rowOf(
    db,
    earlierRow,
    sql`select c.id, v.subject_id, c.body_hash, c.body_pointers, s.wrapped_key
        from app.review_case c join app.verification v on v.id = c.probe_id join app.subject s on s.id = v.subject_id
        where c.source_id = ${by.sourceId} and c.external_id = ${by.externalId}`,
  );
}

import { type Database, run } from "@secondlook/db/database";
import {
  ensureSubject,
  insertCandidate,
  insertCase,
  insertEvidence,
  insertMatcherRun,
  insertVerification,
  type NewEvidence,
  type NewMatcherRun,
} from "@secondlook/db/ingest/store-case";
import { type Round, STAGE_RANK, stageOf } from "@secondlook/domain/cases/stage";
import type { EvidenceKind } from "@secondlook/domain/evidence/prepared";
import { type Id, newId, type RandomBytes, systemRandom } from "@secondlook/domain/ids";
import { type Attributes, type Priority, PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import { sql } from "drizzle-orm";

import { seedPolicy, seedSource } from "./seed-people.ts";

/** What of a vault the builder needs; without one, keys and encrypted columns hold dummy bytes. */
export interface SeedVault {
  newSubjectKey(
    subjectId: string,
  ): Promise<{ readonly wrapped: Uint8Array; readonly keyId: Id<"key"> }>;
  openSubjectKey(stored: { readonly wrapped: Uint8Array; readonly subjectId: string }): Promise<{
    encryptJson(
      value: unknown,
      context: { readonly object: string; readonly purpose: string },
    ): Promise<Uint8Array>;
  }>;
}

export interface SeedPerson {
  /** An account that exists already, by its id upstream; else a new one. */
  readonly externalId?: string;
  readonly attributes?: Attributes;
  readonly evidence?: readonly EvidenceKind[];
}

export interface SeedCandidate extends SeedPerson {
  /** 0–100; null where the provider gives none. */
  readonly similarity?: number | null;
  readonly sharedSignals?: readonly string[];
}

export interface SeedCase {
  readonly source?: Id<"source">;
  readonly vault?: SeedVault;
  readonly random?: RandomBytes;
  readonly caseId?: Id<"case">;
  readonly externalId?: string;
  readonly region?: string;
  readonly languages?: readonly string[];
  readonly skills?: readonly string[];
  readonly priority?: Priority;
  /** Minutes from now until it is due. */
  readonly slaMinutes?: number;
  readonly probe?: SeedPerson;
  /** So many candidates, or these. */
  readonly candidates?: number | readonly SeedCandidate[];
  readonly matcher?: Partial<Omit<NewMatcherRun, "id" | "caseId" | "cycle">>;
  /** The round that waits; `first` if nothing else is said. */
  readonly round?: Round;
  readonly cycle?: number;
  /** Who decided which earlier round of this cycle, by involvement alone: no decisions are made up. */
  readonly decidedBy?: Partial<Record<Round, Id<"actor">>>;
}

export interface SeededCase {
  readonly caseId: Id<"case">;
  readonly probeSubjectId: Id<"subject">;
  readonly probeVerificationId: Id<"verification">;
  readonly candidates: readonly {
    readonly candidateId: Id<"candidate">;
    readonly subjectId: Id<"subject">;
    readonly verificationId: Id<"verification">;
  }[];
}

const ANY_BYTES = new Uint8Array([1]);

/** Puts one case and its waiting round into the database, as if it had been sent and worked so far. */
export async function seedCase(db: Database, wanted: SeedCase = {}): Promise<SeededCase> {
  const random = wanted.random ?? systemRandom;
  const source = wanted.source ?? (await seedSource(db, random));
  const caseId = wanted.caseId ?? newId("case", random);
  const person = (given: SeedPerson) => seedPerson(db, { ...wanted, source, random }, given);
  const probe = await person(wanted.probe ?? {});
  await insertCase(db, {
    id: caseId,
    sourceId: source,
    externalId: wanted.externalId ?? caseId,
    probeId: probe.verificationId,
    region: wanted.region ?? "VN",
    priority: PRIORITIES.indexOf(wanted.priority ?? "normal"),
    languages: wanted.languages ?? [],
    skills: wanted.skills ?? [],
    flaggedAt: "2026-11-02T09:14:03.000Z",
    slaMinutes: wanted.slaMinutes ?? 2_880,
    bodyHash: ANY_BYTES,
    bodyPointers: ANY_BYTES,
  });
  const runId = newId("run", random);
  await insertMatcherRun(db, {
    provider: "rekognition",
    modelVersion: "7.0",
    gallery: "sellers",
    searchedAt: "2026-11-02T09:14:00.000Z",
    scoreScale: "0-100",
    threshold: 95,
    recommendation: "same_person",
    ...wanted.matcher,
    id: runId,
    caseId,
    cycle: 1,
  });
  const given = wanted.candidates ?? 1;
  const list = typeof given === "number" ? Array.from({ length: given }, () => ({})) : given;
  const candidates: SeededCase["candidates"][number][] = [];
  for (const [index, each] of list.entries()) {
    candidates.push(
      await seedCandidate(db, { caseId, runId, random, person, rank: index + 1 }, each),
    );
  }
  await moveTo(db, caseId, wanted);
  return {
    caseId,
    probeSubjectId: probe.subjectId,
    probeVerificationId: probe.verificationId,
    candidates,
  };
}

interface SeededPerson {
  readonly subjectId: Id<"subject">;
  readonly verificationId: Id<"verification">;
}

async function seedPerson(
  db: Database,
  within: {
    readonly source: Id<"source">;
    readonly random: RandomBytes;
    readonly vault?: SeedVault;
  },
  given: SeedPerson,
): Promise<SeededPerson> {
  const { random, vault } = within;
  const wantedId = newId("subject", random);
  const key = await vault?.newSubjectKey(wantedId);
  const subject = await ensureSubject(db, {
    id: wantedId,
    sourceId: within.source,
    externalId: given.externalId ?? wantedId,
    wrappedKey: key?.wrapped ?? ANY_BYTES,
    keyId: key?.keyId ?? newId("key", random),
  });
  const opened =
    vault === undefined || subject.wrappedKey === null
      ? undefined
      : await vault.openSubjectKey({ wrapped: subject.wrappedKey, subjectId: subject.id });
  const verificationId = newId("verification", random);
  await insertVerification(db, {
    id: verificationId,
    subjectId: subject.id,
    attributes:
      (await opened?.encryptJson(given.attributes ?? {}, {
        object: verificationId,
        purpose: "attributes",
      })) ?? ANY_BYTES,
    noticeVersion: "2026-03",
    legalBasis: "consent",
    consentedAt: "2026-11-02T09:00:00.000Z",
    capturedAt: "2026-11-02T09:10:00.000Z",
  });
  for (const [place, kind] of (given.evidence ?? ["id_photo"]).entries()) {
    await insertEvidence(
      db,
      evidenceOf({ verificationId, subjectId: subject.id, place, kind }, random),
    );
  }
  return { subjectId: subject.id, verificationId };
}

/** A piece of evidence with its renditions; no object stands behind them. */
function evidenceOf(
  of: Pick<NewEvidence, "verificationId" | "subjectId" | "place" | "kind">,
  random: RandomBytes,
): NewEvidence {
  const isClip = of.kind === "face_clip";
  const names = isClip
    ? (["original", "clip", "thumb"] as const)
    : (["original", "face", "screen", "detail", "thumb"] as const);
  const size = { width: 1280, height: 854 };
  return {
    ...of,
    ...size,
    id: newId("evidence", random),
    marks: [],
    faceBox: null,
    frames: isClip ? 120 : null,
    durationMs: isClip ? 5_000 : null,
    codec: isClip ? "vp09.00.10.08" : null,
    renditions: names.map((name) => ({
      ...size,
      name,
      objectId: newId("object", random),
      mediaType: name === "clip" ? "video/webm" : "image/jpeg",
      byteLength: 1_000,
    })),
  };
}

async function seedCandidate(
  db: Database,
  of: {
    readonly caseId: Id<"case">;
    readonly runId: Id<"run">;
    readonly random: RandomBytes;
    readonly rank: number;
    readonly person: (given: SeedPerson) => Promise<SeededPerson>;
  },
  given: SeedCandidate,
): Promise<SeededCase["candidates"][number]> {
  const candidateId = newId("candidate", of.random);
  const found = await of.person(given);
  await insertCandidate(db, {
    ...found,
    id: candidateId,
    caseId: of.caseId,
    sharedSignals: given.sharedSignals ?? [],
    runId: of.runId,
    similarity: given.similarity === undefined ? 97 : given.similarity,
    rank: of.rank,
    matchId: `face-${of.rank}`,
  });
  return { candidateId, ...found };
}

/** Brings the case to the round and cycle asked for. */
async function moveTo(db: Database, caseId: Id<"case">, wanted: SeedCase): Promise<void> {
  const { round = "first", cycle = 1, decidedBy = {} } = wanted;
  if (cycle > 1) {
    await run(db, sql`update app.review_case set cycle = ${cycle} where id = ${caseId}`);
    await run(db, sql`update app.round set cycle = ${cycle} where case_id = ${caseId}`);
  }
  if (round !== "first") {
    await seedPolicy(db);
    await run(
      db,
      sql`update app.review_case set stage = ${stageOf(round)}, policy_version = (select max(version) from app.policy) where id = ${caseId}`,
    );
    await run(db, sql`select sealed.pin_shown(${caseId}, ${cycle})`);
    const earlier = (["first", "second", "adjudication"] as const).filter(
      (each) => decidedBy[each] !== undefined || each === "first",
    );
    await run(db, sql`update app.round set state = 'decided' where case_id = ${caseId}`);
    for (const name of [...earlier.filter((each) => each !== "first"), round]) {
      await run(
        db,
        sql`insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since, state)
            select case_id, cycle, ${name}, route_id, ${STAGE_RANK[name]}, priority, due_at, claimable_at, waiting_since,
                   ${name === round ? "open" : "decided"}
            from app.round where case_id = ${caseId} and cycle = ${cycle} and round = 'first'`,
      );
    }
  }
  for (const [name, staffId] of Object.entries(decidedBy)) {
    await run(
      db,
      sql`insert into app.involvement (case_id, staff_id, cycle, round, how)
          values (${caseId}, ${staffId}, ${cycle}, ${name}, 'decided')`,
    );
  }
}

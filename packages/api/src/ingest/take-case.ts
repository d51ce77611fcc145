import {
  ensureSubject,
  findEarlierCase,
  insertCandidate,
  insertCase,
  insertEvidence,
  insertMatcherRun,
  insertSignal,
  insertVerification,
} from "@secondlook/db/ingest/store-case";
import type { IngestSource } from "@secondlook/db/ingest/keys";
import { currentPolicy } from "@secondlook/db/policy/current-policy";
import type { Database } from "@secondlook/db/database";
import { type Id, newId } from "@secondlook/domain/ids";
import {
  type CasePayload,
  casePayloadSchema,
  MAX_FILES,
  PRIORITIES,
} from "@secondlook/domain/ingest/case-payload";
import { settingsFor } from "@secondlook/domain/policy/policy";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import type { Deps } from "../core/deps.ts";
import type { Recorder } from "../core/recorder.ts";
import {
  type BodyFingerprint,
  differingPointers,
  fingerprintOf,
  pointersSchema,
} from "./body-fingerprint.ts";
import { type PreparedEvidence, prepareEvidence } from "./prepare-evidence.ts";
import { pointerOf, Problem } from "./problem.ts";
import { readMultipart } from "./read-multipart.ts";

/** The case, and whether it was made by this request. */
export interface TakenCase {
  readonly caseId: Id<"case">;
  readonly created: boolean;
}

interface Person {
  readonly id: Id<"subject">;
  readonly key: SubjectKey;
}

/**
 * Takes one case: all of it or nothing. A body sent before gives the case that it made.
 *
 * @throws Problem with the status and pointers of DESIGN section 8.
 */
export async function takeCase(
  deps: Deps,
  recorder: Recorder,
  source: IngestSource,
  request: Request,
): Promise<TakenCase> {
  const { body, files } = await readMultipart(request, MAX_FILES);
  const payload = parsePayload(body);
  const fingerprint = await fingerprintOf(deps.vault, body, files);
  const earlier = await repeated(deps, recorder, source, payload, fingerprint);
  if (earlier !== undefined) return earlier;
  const evidence = await prepareEvidence(deps, payload, files);
  const written: Id<"object">[] = [];
  try {
    const caseId = await recorder.transaction(async (tx, record) => {
      const store = createStore(deps, tx, source, written);
      const id = await store(payload, evidence, fingerprint);
      for (const event of id.subjects) {
        await record({
          kind: "case.ingest",
          outcome: "allowed",
          case: id.caseId,
          subject: event.subject,
          source: source.sourceId,
          verification: event.verification,
          key: source.keyId,
          region: payload.region,
          count: Math.max(1, event.evidence),
        });
      }
      return id.caseId;
    });
    return { caseId, created: true };
  } catch (error) {
    // The sweep would find them too; there is no reason to leave bytes lying until then.
    await Promise.all(written.map((id) => deps.objects.delete(id).catch(() => undefined)));
    const other = isUniqueViolation(error)
      ? await repeated(deps, recorder, source, payload, fingerprint)
      : undefined;
    if (other !== undefined) return other;
    throw error;
  }
}

function parsePayload(body: unknown): CasePayload {
  const parsed = casePayloadSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.slice(0, 50).map((issue) => ({
    pointer: pointerOf(
      issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : issue.path,
    ),
    detail:
      issue.code === "unrecognized_keys"
        ? "This field is not known here; leave it out."
        : issue.message,
  }));
  throw new Problem(
    422,
    "case_invalid",
    `${faults.length === 1 ? "One value" : `${faults.length} values`} of the case can't be taken; “errors” says which and why.`,
    faults,
  );
}

async function repeated(
  deps: Deps,
  recorder: Recorder,
  source: IngestSource,
  payload: CasePayload,
  fingerprint: BodyFingerprint,
): Promise<TakenCase | undefined> {
  const earlier = await findEarlierCase(deps.db, {
    sourceId: source.sourceId,
    externalId: payload.externalId,
  });
  if (earlier === undefined) return undefined;
  if (earlier.wrappedKey === null)
    throw new Problem(
      410,
      "subject_erased",
      "This account was erased; its cases can't be sent again.",
    );
  if (!sameBytes(earlier.bodyHash, fingerprint.hash)) {
    const key = await deps.vault.openSubjectKey({
      wrapped: earlier.wrappedKey,
      subjectId: earlier.subjectId,
    });
    const pointers = pointersSchema.parse(
      await key.decryptJson(earlier.bodyPointers, {
        object: earlier.caseId,
        purpose: "body_pointers",
      }),
    );
    throw new Problem(
      409,
      "other_body",
      "A case with this externalId was sent before with another body; “errors” names where they differ. Send a new case under a new id.",
      differingPointers(pointers, fingerprint.pointers).map((pointer) => ({
        pointer,
        detail: "This differs from what was sent before.",
      })),
    );
  }
  await recorder.read([
    {
      kind: "case.repeat",
      outcome: "allowed",
      case: earlier.caseId,
      source: source.sourceId,
      subject: earlier.subjectId,
      key: source.keyId,
    },
  ]);
  return { caseId: earlier.caseId, created: false };
}

interface StoredCase {
  readonly caseId: Id<"case">;
  readonly subjects: readonly {
    subject: Id<"subject">;
    verification: Id<"verification">;
    evidence: number;
  }[];
}

function createStore(deps: Deps, tx: Database, source: IngestSource, written: Id<"object">[]) {
  const people = new Map<string, Person>();

  async function person(externalId: string): Promise<Person> {
    const known = people.get(externalId);
    if (known !== undefined) return known;
    const id = newId("subject", deps.random);
    const { wrapped, keyId } = await deps.vault.newSubjectKey(id);
    const stored = await ensureSubject(tx, {
      id,
      sourceId: source.sourceId,
      externalId,
      wrappedKey: wrapped,
      keyId,
    });
    if (stored.wrappedKey === null) {
      throw new Problem(
        410,
        "subject_erased",
        "One of the accounts named was erased; send the case without it.",
      );
    }
    const key = await deps.vault.openSubjectKey({
      wrapped: stored.wrappedKey,
      subjectId: stored.id,
    });
    const made = { id: stored.id, key };
    people.set(externalId, made);
    return made;
  }

  async function verification(
    of: Person,
    given: Pick<CasePayload["candidates"][number], "subject" | "capture" | "evidence">,
    evidence: ReadonlyMap<string, PreparedEvidence>,
  ): Promise<Id<"verification">> {
    const id = newId("verification", deps.random);
    await insertVerification(tx, {
      id,
      subjectId: of.id,
      attributes: await of.key.encryptJson(given.subject.attributes, {
        object: id,
        purpose: "attributes",
      }),
      noticeVersion: given.capture.noticeVersion,
      legalBasis: given.capture.legalBasis,
      consentedAt: given.capture.consentedAt,
      capturedAt: given.capture.capturedAt,
    });
    for (const [place, { ref }] of given.evidence.entries()) {
      const found = evidence.get(ref);
      if (found !== undefined) await storeEvidence(of, id, place, found);
    }
    const { payoutAccount, deviceId, address } = given.subject.attributes;
    for (const [kind, value] of Object.entries({ payoutAccount, deviceId, address })) {
      if (
        value === undefined ||
        (kind !== "payoutAccount" && kind !== "deviceId" && kind !== "address")
      )
        continue;
      const plain = value.toLowerCase().replaceAll(/\s+/g, " ").trim();
      await insertSignal(tx, {
        kind,
        hash: await deps.vault.keyedHash("signal", `${kind}\n${plain}`),
        subjectId: of.id,
      });
    }
    return id;
  }

  async function storeEvidence(
    of: Person,
    verificationId: Id<"verification">,
    place: number,
    { item, prepared }: PreparedEvidence,
  ): Promise<void> {
    const id = newId("evidence", deps.random);
    const renditions = await Promise.all(
      prepared.renditions.map(async (rendition) => {
        const objectId = newId("object", deps.random);
        const sealed = await of.key.encrypt(rendition.bytes, {
          object: objectId,
          rendition: rendition.name,
          purpose: "evidence",
        });
        written.push(objectId);
        await deps.objects.put(objectId, sealed);
        const { name, mediaType, width, height } = rendition;
        return { name, objectId, mediaType, byteLength: rendition.bytes.length, width, height };
      }),
    );
    await insertEvidence(tx, {
      id,
      verificationId,
      subjectId: of.id,
      place,
      kind: item.kind,
      marks: prepared.type === "photo" ? prepared.marks : [],
      faceBox:
        item.faceBox === undefined
          ? null
          : await of.key.encryptJson(item.faceBox, { object: id, purpose: "face_box" }),
      width: prepared.width,
      height: prepared.height,
      frames: prepared.type === "clip" ? prepared.frames : null,
      durationMs: prepared.type === "clip" ? Math.round(prepared.durationSeconds * 1000) : null,
      codec: prepared.type === "clip" ? prepared.codec : null,
      renditions,
    });
  }

  return async function store(
    payload: CasePayload,
    evidence: ReadonlyMap<string, PreparedEvidence>,
    fingerprint: BodyFingerprint,
  ): Promise<StoredCase> {
    // In one order always, so that two requests that name the same accounts can't wait for each other.
    for (const externalId of [payload, ...payload.candidates]
      .map((each) => each.subject.externalId)
      .toSorted()) {
      await person(externalId);
    }
    const policy = await currentPolicy(tx);
    const caseId = newId("case", deps.random);
    const probe = await person(payload.subject.externalId);
    const probeId = await verification(probe, payload, evidence);
    const subjects = [
      { subject: probe.id, verification: probeId, evidence: payload.evidence.length },
    ];
    await insertCase(tx, {
      id: caseId,
      sourceId: source.sourceId,
      externalId: payload.externalId,
      probeId,
      region: payload.region,
      priority: PRIORITIES.indexOf(payload.priority),
      languages: payload.languages.toSorted(),
      skills: payload.skills.toSorted(),
      flaggedAt: payload.flaggedAt,
      slaMinutes: settingsFor(policy.document, payload.region).slaMinutes[payload.priority],
      bodyHash: fingerprint.hash,
      bodyPointers: await probe.key.encryptJson(fingerprint.pointers, {
        object: caseId,
        purpose: "body_pointers",
      }),
    });
    const { matcher } = payload;
    const scale = matcher.scoreScale === "0-1" ? 100 : 1;
    const runId = newId("run", deps.random);
    await insertMatcherRun(tx, {
      id: runId,
      caseId,
      provider: matcher.provider,
      modelVersion: matcher.modelVersion,
      gallery: matcher.gallery,
      searchedAt: matcher.searchedAt,
      scoreScale: matcher.scoreScale,
      threshold: matcher.threshold === undefined ? null : matcher.threshold * scale,
      recommendation: matcher.recommendation,
    });
    for (const [index, candidate] of payload.candidates.entries()) {
      const of = await person(candidate.subject.externalId);
      const verificationId = await verification(of, candidate, evidence);
      await insertCandidate(tx, {
        id: newId("candidate", deps.random),
        caseId,
        verificationId,
        subjectId: of.id,
        sharedSignals: candidate.sharedSignals,
        runId,
        similarity: candidate.similarity === undefined ? null : candidate.similarity * scale,
        rank: index + 1,
        matchId: candidate.matchId ?? null,
      });
      subjects.push({
        subject: of.id,
        verification: verificationId,
        evidence: candidate.evidence.length,
      });
    }
    return { caseId, subjects };
  };
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** SQLSTATE 23505; Drizzle hands the driver's error on as the cause. */
function isUniqueViolation(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "23505";
}

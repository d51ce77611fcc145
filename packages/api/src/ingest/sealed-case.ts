import type {
  NewCandidate,
  NewCase,
  NewEvidence,
  NewMatcherRun,
  NewProviderAnswer,
  NewSignal,
  NewVerification,
} from "@secondlook/db/ingest/store-case";
import type { IngestSource } from "@secondlook/db/ingest/keys";
import { currentPolicy } from "@secondlook/db/policy/current-policy";
import { newId } from "@secondlook/domain/ids";
import { type CasePayload, PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import { settingsFor } from "@secondlook/domain/policy/policy";
import type { Deps } from "../core/deps.ts";
import type { BodyFingerprint } from "./body-fingerprint.ts";
import type { Person } from "./people.ts";
import type { PreparedEvidence } from "./prepare-evidence.ts";
import { sealEvidence, type WrittenObjects } from "./sealed-evidence.ts";

/** A verification as it will be stored, and its evidence. */
interface SealedVerification {
  readonly row: NewVerification;
  readonly evidence: readonly NewEvidence[];
  readonly signals: readonly NewSignal[];
}

/** Every row of a case, ready to be stored; what is personal is encrypted already. */
export interface SealedCase {
  readonly people: ReadonlyMap<string, Person>;
  /** The probe's first, then those of the candidates. */
  readonly verifications: readonly SealedVerification[];
  readonly row: NewCase;
  readonly run: NewMatcherRun;
  readonly answer: NewProviderAnswer | undefined;
  readonly candidates: readonly NewCandidate[];
}

export interface CaseToSeal {
  readonly source: IngestSource;
  readonly payload: CasePayload;
  readonly evidence: ReadonlyMap<string, PreparedEvidence>;
  readonly fingerprint: BodyFingerprint;
  readonly people: ReadonlyMap<string, Person>;
}

/** Encrypts a case and writes its evidence's objects; their ids go to `written`. */
export async function sealCase(
  deps: Deps,
  given: CaseToSeal,
  written: WrittenObjects,
): Promise<SealedCase> {
  const { source, payload, people, fingerprint } = given;
  const { matcher } = payload;
  const policy = await currentPolicy(deps.db);
  const caseId = newId("case", deps.random);
  const runId = newId("run", deps.random);
  const probe = await sealVerification(deps, given, payload, written);
  const probeKey = personOf(people, payload.subject.externalId).key;
  // Similarities and thresholds are kept on one scale, 0 to 100.
  const scale = matcher.scoreScale === "0-1" ? 100 : 1;
  const verifications = [probe];
  const candidates: NewCandidate[] = [];
  for (const [index, candidate] of payload.candidates.entries()) {
    const verification = await sealVerification(deps, given, candidate, written);
    verifications.push(verification);
    candidates.push({
      id: newId("candidate", deps.random),
      caseId,
      verificationId: verification.row.id,
      subjectId: verification.row.subjectId,
      sharedSignals: [...new Set(candidate.sharedSignals)],
      runId,
      similarity: candidate.similarity === undefined ? null : candidate.similarity * scale,
      rank: index + 1,
      matchId: candidate.matchId ?? null,
    });
  }
  return {
    people,
    verifications,
    candidates,
    row: {
      id: caseId,
      sourceId: source.sourceId,
      externalId: payload.externalId,
      probeId: probe.row.id,
      region: payload.region,
      priority: PRIORITIES.indexOf(payload.priority),
      languages: [...new Set(payload.languages)].toSorted(),
      skills: [...new Set(payload.skills)].toSorted(),
      flaggedAt: utc(payload.flaggedAt),
      slaMinutes: settingsFor(policy.document, payload.region).slaMinutes[payload.priority],
      bodyHash: fingerprint.hash,
      bodyPointers: await probeKey.encryptJson(fingerprint.pointers, {
        object: caseId,
        purpose: "body_pointers",
      }),
    },
    run: {
      id: runId,
      caseId,
      provider: matcher.provider,
      modelVersion: matcher.modelVersion,
      gallery: matcher.gallery,
      searchedAt: utc(matcher.searchedAt),
      scoreScale: matcher.scoreScale,
      threshold: matcher.threshold === undefined ? null : matcher.threshold * scale,
      recommendation: matcher.recommendation,
    },
    answer:
      matcher.answer === undefined
        ? undefined
        : {
            runId,
            answer: await probeKey.encryptJson(matcher.answer, {
              object: runId,
              purpose: "provider_answer",
            }),
          },
  };
}

async function sealVerification(
  deps: Deps,
  given: CaseToSeal,
  of: Pick<CasePayload["candidates"][number], "subject" | "capture" | "evidence">,
  written: WrittenObjects,
): Promise<SealedVerification> {
  const person = personOf(given.people, of.subject.externalId);
  const id = newId("verification", deps.random);
  const { attributes } = of.subject;
  const { capture } = of;
  const evidence: NewEvidence[] = [];
  for (const [place, { ref }] of of.evidence.entries()) {
    const prepared = given.evidence.get(ref);
    if (prepared === undefined) throw new Error("a piece of evidence was not prepared");
    const sealed = await sealEvidence(deps, { person, evidence: prepared, place }, written);
    evidence.push({ ...sealed, verificationId: id });
  }
  return {
    row: {
      id,
      subjectId: person.id,
      attributes: await person.key.encryptJson(attributes, { object: id, purpose: "attributes" }),
      noticeVersion: capture.noticeVersion,
      legalBasis: capture.legalBasis,
      consentedAt: capture.consentedAt === undefined ? undefined : utc(capture.consentedAt),
      capturedAt: capture.capturedAt === undefined ? undefined : utc(capture.capturedAt),
    },
    evidence,
    signals: await signalsOf(deps, person, attributes),
  };
}

const SIGNAL_KINDS = ["payoutAccount", "deviceId", "address"] as const;

/** Values that accounts share are compared without case and with single spaces. */
async function signalsOf(
  deps: Deps,
  person: Person,
  attributes: CasePayload["subject"]["attributes"],
): Promise<readonly NewSignal[]> {
  const signals: NewSignal[] = [];
  for (const kind of SIGNAL_KINDS) {
    const value = attributes[kind];
    if (value === undefined) continue;
    const plain = value.toLowerCase().replaceAll(/\s+/g, " ").trim();
    const hash = await deps.vault.keyedHash("signal", `${kind}\n${plain}`);
    signals.push({ kind, hash, subjectId: person.id });
  }
  return signals;
}

function personOf(people: ReadonlyMap<string, Person>, externalId: string): Person {
  const person = people.get(externalId);
  if (person === undefined) throw new Error("an account of the case was not looked up");
  return person;
}

/** In UTC: Postgres takes no offset beyond 16 hours. */
function utc(instant: string): string {
  return new Date(instant).toISOString();
}

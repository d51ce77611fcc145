import type { NewEvidence, NewSignal, NewVerification } from "@secondlook/db/ingest/store-case";
import { newId } from "@secondlook/domain/ids";
import type { CasePayload } from "@secondlook/domain/ingest/case-payload";
import type { Deps } from "../core/deps.ts";
import type { Person } from "./people.ts";
import type { PreparedEvidence } from "./prepare-evidence.ts";
import { sealEvidence, type WrittenObjects } from "./sealed-evidence.ts";

/** A verification as it will be stored, and its evidence. */
export interface SealedVerification {
  readonly row: NewVerification;
  readonly evidence: readonly NewEvidence[];
  readonly signals: readonly NewSignal[];
}

/** Whom a request names, and its files by ref. */
export interface Prepared {
  readonly people: ReadonlyMap<string, Person>;
  readonly evidence: ReadonlyMap<string, PreparedEvidence>;
}

/** Encrypts one snapshot and writes its evidence's objects; their ids go to `written`. */
export async function sealVerification(
  deps: Deps,
  given: Prepared,
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

/** The account of a request by its id upstream, which was looked up before. */
export function personOf(people: ReadonlyMap<string, Person>, externalId: string): Person {
  const person = people.get(externalId);
  if (person === undefined) throw new Error("an account of the case was not looked up");
  return person;
}

/** In UTC: Postgres takes no offset beyond 16 hours. */
export function utc(instant: string): string {
  return new Date(instant).toISOString();
}

import type { IngestSource } from "@secondlook/db/ingest/keys";
import type { NewCase } from "@secondlook/db/ingest/store-case";
import { currentPolicy } from "@secondlook/db/policy/current-policy";
import { newId } from "@secondlook/domain/ids";
import { type CasePayload, PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import { settingsFor } from "@secondlook/domain/policy/policy";
import type { Deps } from "../core/deps.ts";
import type { BodyFingerprint } from "./body-fingerprint.ts";
import type { Person } from "./people.ts";
import type { WrittenObjects } from "./sealed-evidence.ts";
import { sealRun, type SealedRun } from "./sealed-run.ts";
import {
  personOf,
  type Prepared,
  type SealedVerification,
  sealVerification,
  utc,
} from "./sealed-verification.ts";

/** Every row of a case, ready to be stored; what is personal is encrypted already. */
export interface SealedCase {
  readonly people: ReadonlyMap<string, Person>;
  readonly probe: SealedVerification;
  readonly row: NewCase;
  readonly run: SealedRun;
}

export interface CaseToSeal extends Prepared {
  readonly source: IngestSource;
  readonly payload: CasePayload;
  readonly fingerprint: BodyFingerprint;
}

/** Encrypts a case and writes its evidence's objects; their ids go to `written`. */
export async function sealCase(
  deps: Deps,
  given: CaseToSeal,
  written: WrittenObjects,
): Promise<SealedCase> {
  const { source, payload, people, fingerprint } = given;
  const policy = await currentPolicy(deps.db);
  const caseId = newId("case", deps.random);
  const probe = await sealVerification(deps, given, payload, written);
  const probeKey = personOf(people, payload.subject.externalId).key;
  return {
    people,
    probe,
    run: await sealRun(deps, given, { ...payload, caseId, probeKey }, written),
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
  };
}

import {
  insertCandidate,
  insertCase,
  insertEvidence,
  insertMatcherRun,
  insertProviderAnswer,
  insertSignals,
  insertVerification,
} from "@secondlook/db/ingest/store-case";
import type { IngestSource } from "@secondlook/db/ingest/keys";
import type { Database } from "@secondlook/db/database";
import type { Id } from "@secondlook/domain/ids";
import { MAX_FILES } from "@secondlook/domain/ingest/case-payload";
import type { Deps } from "../core/deps.ts";
import type { Recorder } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { sqlState } from "../core/sql-state.ts";
import { fingerprintOf } from "./body-fingerprint.ts";
import { repeatedCase } from "./earlier-case.ts";
import { evidenceItems } from "./evidence-items.ts";
import { parsePayload } from "./parse-payload.ts";
import { findPeople, PeopleChanged, storePeople } from "./people.ts";
import { prepareEvidence } from "./prepare-evidence.ts";
import { readCaseParts } from "./read-case-parts.ts";
import { type CaseToSeal, sealCase, type SealedCase } from "./sealed-case.ts";
import { discard, type WrittenObjects } from "./sealed-evidence.ts";

/** The case, and whether it was made by this request. */
export interface TakenCase {
  readonly caseId: Id<"case">;
  readonly created: boolean;
}

/** How often a request begins again because another one stored the same case or accounts first. */
const ATTEMPTS = 4;

/**
 * Takes one case: all of it or nothing. A body sent before gives the case that it made.
 *
 * @param deadline until when the body must have arrived.
 * @throws Problem with a status and pointers, Refusal `log_unavailable`.
 */
export async function takeCase(
  deps: Deps,
  recorder: Recorder,
  source: IngestSource,
  request: Request,
  deadline: AbortSignal,
): Promise<TakenCase> {
  const { body, files } = await readCaseParts(request, MAX_FILES, deadline);
  const payload = parsePayload(body);
  const items = evidenceItems(payload, files);
  const fingerprint = await fingerprintOf(deps.vault, body, items);
  const sent = { source, externalId: payload.externalId, fingerprint };
  const names = [payload, ...payload.candidates].map(({ subject }) => subject.externalId);

  const earlier = await repeatedCase(deps, recorder, sent);
  if (earlier !== undefined) return { caseId: earlier, created: false };
  const evidence = await prepareEvidence(deps.media, items);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const people = await findPeople(deps, source, names);
      const caseId = await store(deps, recorder, {
        source,
        payload,
        evidence,
        fingerprint,
        people,
      });
      return { caseId, created: true };
    } catch (error) {
      if (!isRace(error) || attempt === ATTEMPTS) throw error;
      const meanwhile = await repeatedCase(deps, recorder, sent);
      if (meanwhile !== undefined) return { caseId: meanwhile, created: false };
    }
  }
}

async function store(deps: Deps, recorder: Recorder, given: CaseToSeal): Promise<Id<"case">> {
  const written: WrittenObjects = [];
  let mayBeCommitted = false;
  try {
    const sealed = await sealCase(deps, given, written);
    mayBeCommitted = true;
    await recorder.transaction(async (tx, record) => {
      await insertAll(tx, given.source, sealed);
      for (const { row, evidence } of sealed.verifications) {
        await record({
          kind: "case.ingest",
          outcome: "allowed",
          case: sealed.row.id,
          subject: row.subjectId,
          source: given.source.sourceId,
          verification: row.id,
          run: sealed.run.id,
          key: given.source.keyId,
          region: sealed.row.region,
          ...(evidence.length === 0 ? {} : { count: evidence.length }),
        });
      }
    });
    return sealed.row.id;
  } catch (error) {
    // After a broken connection nobody knows whether it was committed: the sweep will see.
    if (!mayBeCommitted || isRolledBack(error)) await discard(deps, written);
    throw error;
  }
}

async function insertAll(tx: Database, source: IngestSource, sealed: SealedCase): Promise<void> {
  await storePeople(tx, source, sealed.people.values());
  for (const { row, evidence } of sealed.verifications) {
    await insertVerification(tx, row);
    for (const each of evidence) await insertEvidence(tx, each);
  }
  await insertSignals(
    tx,
    sealed.verifications.flatMap(({ signals }) => signals),
  );
  await insertCase(tx, sealed.row);
  await insertMatcherRun(tx, sealed.run);
  if (sealed.answer !== undefined) await insertProviderAnswer(tx, sealed.answer);
  for (const candidate of sealed.candidates) await insertCandidate(tx, candidate);
}

/** Unique violation, deadlock or serialization failure: another request was quicker. */
const RACES: readonly (string | undefined)[] = ["23505", "40P01", "40001"];

function isRace(error: unknown): boolean {
  return error instanceof PeopleChanged || RACES.includes(sqlState(error));
}

/** A refusal of ours, or one that Postgres answered with and that isn't about the connection. */
function isRolledBack(error: unknown): boolean {
  if (error instanceof Refusal || error instanceof PeopleChanged) return true;
  return /^(?!08|57)[0-9A-Z]{5}$/.test(sqlState(error) ?? "");
}

import { insertCase } from "@secondlook/db/ingest/store-case";
import type { IngestSource } from "@secondlook/db/ingest/keys";
import type { Database } from "@secondlook/db/database";
import type { Id } from "@secondlook/domain/ids";
import { MAX_FILES } from "@secondlook/domain/ingest/case-payload";
import type { Deps } from "../core/deps.ts";
import type { Recorder } from "../core/recorder.ts";
import { requireGoodKey } from "./authenticate.ts";
import { beginAgain } from "./begin-again.ts";
import { fingerprintOf } from "./body-fingerprint.ts";
import { repeatedCase } from "./earlier-case.ts";
import { evidenceItems } from "./evidence-items.ts";
import { parsePayload } from "./parse-payload.ts";
import { findPeople, storePeople } from "./people.ts";
import { prepareEvidence } from "./prepare-evidence.ts";
import { readCaseParts } from "./read-case-parts.ts";
import { type CaseToSeal, sealCase, type SealedCase } from "./sealed-case.ts";
import { sealAndStore, storeRun, storeVerifications } from "./store-sealed.ts";

/** The case, and whether it was made by this request. */
export interface TakenCase {
  readonly caseId: Id<"case">;
  readonly created: boolean;
}

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
  // The body may have taken a minute, and the key may have been revoked meanwhile.
  await requireGoodKey(deps.db, source);
  const payload = parsePayload(body);
  const items = evidenceItems(payload, files);
  const fingerprint = await fingerprintOf(deps.vault, body, items);
  const sent = { source, externalId: payload.externalId, fingerprint };
  const names = [payload, ...payload.candidates].map(({ subject }) => subject.externalId);

  const earlier = await repeatedCase(deps, recorder, sent);
  if (earlier !== undefined) return { caseId: earlier, created: false };
  const evidence = await prepareEvidence(deps.media, items);
  return beginAgain<TakenCase>(
    async () => {
      const people = await findPeople(deps, source, names);
      const given = { source, payload, evidence, fingerprint, people };
      return { caseId: await store(deps, recorder, given), created: true };
    },
    async () => {
      const meanwhile = await repeatedCase(deps, recorder, sent);
      return meanwhile === undefined ? undefined : { caseId: meanwhile, created: false };
    },
  );
}

function store(deps: Deps, recorder: Recorder, given: CaseToSeal): Promise<Id<"case">> {
  return sealAndStore(
    deps,
    (written) => sealCase(deps, given, written),
    async (sealed) => {
      await recorder.transaction(async (tx, record) => {
        await requireGoodKey(tx, given.source);
        await insertAll(tx, given.source, sealed);
        for (const { row, evidence } of [sealed.probe, ...sealed.run.verifications]) {
          await record({
            kind: "case.ingest",
            outcome: "allowed",
            case: sealed.row.id,
            subject: row.subjectId,
            source: given.source.sourceId,
            verification: row.id,
            run: sealed.run.row.id,
            key: given.source.keyId,
            region: sealed.row.region,
            ...(evidence.length === 0 ? {} : { count: evidence.length }),
          });
        }
      });
      return sealed.row.id;
    },
  );
}

async function insertAll(tx: Database, source: IngestSource, sealed: SealedCase): Promise<void> {
  await storePeople(tx, source, sealed.people.values());
  await storeVerifications(tx, [sealed.probe, ...sealed.run.verifications]);
  await insertCase(tx, sealed.row);
  await storeRun(tx, sealed.run, 1);
}

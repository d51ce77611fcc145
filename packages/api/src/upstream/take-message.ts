import type { IngestSource } from "@secondlook/db/ingest/keys";
import { findOwnCase, newestCandidates, type OwnCase } from "@secondlook/db/upstream/own-case";
import type { UpstreamEffect } from "@secondlook/domain/cases/upstream";
import { isId } from "@secondlook/domain/ids";
import type { Deps } from "../core/deps.ts";
import type { Recorder } from "../core/recorder.ts";
import { requireGoodKey } from "../ingest/authenticate.ts";
import { beginAgain } from "../ingest/begin-again.ts";
import { evidenceItems } from "../ingest/evidence-items.ts";
import { findPeople } from "../ingest/people.ts";
import { prepareEvidence } from "../ingest/prepare-evidence.ts";
import { Problem } from "../ingest/problem.ts";
import { sealAndStore } from "../ingest/store-sealed.ts";
import { hashesOf, idempotencyKeyOf, repeatedAnswer } from "./idempotency.ts";
import type { MessageKind } from "./message.ts";
import { parseMessage, refuseInconsistencies } from "./parse-message.ts";
import { readMessage } from "./read-message.ts";
import { storeMessage } from "./store-message.ts";

/** What came of a message, and whether it had come before. */
export interface TakenMessage {
  readonly effect: UpstreamEffect;
  readonly replayed: boolean;
}

/** A request about one of the source's own cases. */
export interface MessageRequest {
  readonly source: IngestSource;
  readonly caseId: string;
  readonly request: Request;
  /** Until when its body must have arrived. */
  readonly deadline: AbortSignal;
}

/**
 * Takes a message about a case: all of it or nothing, and once, however often it is sent under its
 * Idempotency-Key.
 *
 * @throws Problem with a status and pointers, Refusal `log_unavailable`.
 */
export async function takeMessage<Payload>(
  deps: Deps,
  recorder: Recorder,
  { source, caseId, request, deadline }: MessageRequest,
  kind: MessageKind<Payload>,
): Promise<TakenMessage> {
  const key = idempotencyKeyOf(request);
  const own = await requireOwnCase(deps, source, caseId);
  const { body, files } = await readMessage(request, deadline, kind);
  // The body may have taken a minute, and the key may have been revoked meanwhile.
  await requireGoodKey(deps.db, source);
  const payload = parseMessage(kind.schema, body);
  const items = evidenceItems(kind.evidence(payload), files);
  const sent = {
    source,
    caseId: own.caseId,
    subjectId: own.probeSubjectId,
    sourceId: source.sourceId,
    ...(await hashesOf(deps, { key, kind: kind.kind, caseId: own.caseId, body, items })),
  };
  const earlier = await repeatedAnswer(deps, recorder, sent);
  if (earlier !== undefined) return { ...earlier, replayed: true };
  await refuseUnfit(deps, own, payload, kind);
  const evidence = await prepareEvidence(deps.media, items);
  return beginAgain<TakenMessage>(
    async () => {
      const people = await findPeople(deps, source, kind.accounts(payload));
      const effect = await sealAndStore(
        deps,
        (written) => kind.seal(deps, { payload, own, people, evidence }, written),
        (sealed) => storeMessage(recorder, { kind: kind.kind, sent, own, people, sealed }),
      );
      return { effect, replayed: false };
    },
    async () => {
      const meanwhile = await repeatedAnswer(deps, recorder, sent);
      if (meanwhile !== undefined) return { ...meanwhile, replayed: true };
      await requireOwnCase(deps, source, caseId);
      await refuseUnfit(deps, own, payload, kind);
      return undefined;
    },
  );
}

/** Throws Problem 404 where it is not the source's own, 410 where its person was erased. */
async function requireOwnCase(
  deps: Deps,
  { sourceId }: IngestSource,
  caseId: string,
): Promise<OwnCase> {
  const own = isId("case", caseId) ? await findOwnCase(deps.db, { caseId, sourceId }) : undefined;
  if (own === undefined) throw new Problem(404, "no_such_case", "None of your cases has this id.");
  if (own.erased) {
    throw new Problem(
      410,
      "subject_erased",
      "The account of this case was erased; nothing more is taken for it.",
    );
  }
  return own;
}

/** Throws Problem 422 where the message contradicts itself or the case as it stands now. */
async function refuseUnfit<Payload>(
  deps: Deps,
  own: OwnCase,
  payload: Payload,
  kind: MessageKind<Payload>,
): Promise<void> {
  const candidates = await newestCandidates(deps.db, own.caseId);
  refuseInconsistencies(
    kind.faults(payload, {
      externalId: own.probeExternalId,
      candidates: new Set(candidates.map(({ externalId }) => externalId)),
    }),
  );
}

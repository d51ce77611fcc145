import type { IngestSource } from "@secondlook/db/ingest/keys";
import { findEarlierCase } from "@secondlook/db/ingest/store-case";
import type { Id } from "@secondlook/domain/ids";
import type { Deps } from "../core/deps.ts";
import type { Recorder } from "../core/recorder.ts";
import { type BodyFingerprint, differingPointers, pointersSchema } from "./body-fingerprint.ts";
import { Problem } from "./problem.ts";

/** A request by its source, its case's id upstream, and what it was. */
export interface SentCase {
  readonly source: IngestSource;
  readonly externalId: string;
  readonly fingerprint: BodyFingerprint;
}

/**
 * The case that the same body made before, with its event; undefined where the id is new.
 *
 * @throws Problem 409 for another body under the id, with the pointers that differ and no value;
 * 410 where its account was erased.
 */
export async function repeatedCase(
  deps: Deps,
  recorder: Recorder,
  { source, externalId, fingerprint }: SentCase,
): Promise<Id<"case"> | undefined> {
  const earlier = await findEarlierCase(deps.db, { sourceId: source.sourceId, externalId });
  if (earlier === undefined) return undefined;
  if (earlier.wrappedKey === null) {
    throw new Problem(
      410,
      "subject_erased",
      "This account was erased; its cases can't be sent again.",
    );
  }
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
  return earlier.caseId;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

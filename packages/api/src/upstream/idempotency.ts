import { findAnswer, type IdempotencyKey } from "@secondlook/db/upstream/idempotency";
import type { IngestSource } from "@secondlook/db/ingest/keys";
import { UPSTREAM_EFFECTS, type UpstreamKind } from "@secondlook/domain/cases/upstream";
import type { Id } from "@secondlook/domain/ids";
import { z } from "zod";
import type { Deps } from "../core/deps.ts";
import type { Recorder } from "../core/recorder.ts";
import { fingerprintOf } from "../ingest/body-fingerprint.ts";
import type { EvidenceItem } from "../ingest/evidence-items.ts";
import { Problem } from "../ingest/problem.ts";

/** What a message got for an answer, as it is kept. */
const keptAnswerSchema = z.object({ effect: z.enum(UPSTREAM_EFFECTS) });
export type KeptAnswer = z.output<typeof keptAnswerSchema>;

/** A message under its key: both as keyed hashes. */
export interface SentMessage extends IdempotencyKey {
  readonly source: IngestSource;
  readonly caseId: Id<"case">;
  readonly subjectId: Id<"subject">;
  readonly bodyHash: Uint8Array;
}

/** The key of a request. Throws Problem 400 where it has none. */
export function idempotencyKeyOf(request: Request): string {
  const key = request.headers.get("idempotency-key")?.trim() ?? "";
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Problem(
    400,
    "no_idempotency_key",
    "Send an Idempotency-Key header of up to 255 visible characters, a new one for each message: sent again with it, the message counts once.",
  );
}

/** Hashes of a key and of what came under it: which route, which case, body and files. */
export async function hashesOf(
  deps: Deps,
  of: {
    readonly key: string;
    readonly kind: UpstreamKind;
    readonly caseId: Id<"case">;
    readonly body: unknown;
    readonly items: readonly EvidenceItem[];
  },
): Promise<Pick<SentMessage, "keyHash" | "bodyHash">> {
  const { hash } = await fingerprintOf(deps.vault, of.body, of.items);
  const base64 = btoa(String.fromCharCode(...hash));
  return {
    keyHash: await deps.vault.keyedHash("idempotency", of.key),
    bodyHash: await deps.vault.keyedHash("idempotency", `${of.kind}\n${of.caseId}\n${base64}`),
  };
}

/**
 * What the same message got before, with its event; undefined where the key is new.
 *
 * @throws Problem 409 where another message came under the key.
 */
export async function repeatedAnswer(
  deps: Deps,
  recorder: Recorder,
  sent: SentMessage,
): Promise<KeptAnswer | undefined> {
  const given = await findAnswer(deps.db, sent);
  if (given === undefined) return undefined;
  if (!sameBytes(given.bodyHash, sent.bodyHash)) {
    throw new Problem(
      409,
      "idempotency_key_reused",
      "Something else was sent under this Idempotency-Key before. Send this under a new one.",
      [{ pointer: "", detail: "This differs from what was sent before under the same key." }],
    );
  }
  await recorder.read([
    {
      kind: "case.repeat",
      outcome: "allowed",
      case: sent.caseId,
      source: sent.source.sourceId,
      subject: sent.subjectId,
      key: sent.source.keyId,
    },
  ]);
  return keptAnswerSchema.parse(given.answer);
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

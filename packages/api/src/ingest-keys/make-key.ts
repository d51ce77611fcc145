import { addIngestKey, ensureSource } from "@secondlook/db/ingest/keys";
import { type Id, newId } from "@secondlook/domain/ids";
import type { Deps } from "../core/deps.ts";
import type { Recorder } from "../core/recorder.ts";

/** 24 random bytes: nobody guesses them. */
const KEY_BYTES = 24;

/** A key of a source, made where the source is new too. It is kept hashed and shown this once. */
export async function makeIngestKey(
  deps: Pick<Deps, "vault" | "random">,
  recorder: Recorder,
  of: { readonly source: string; readonly label: string },
): Promise<{ readonly keyId: Id<"key">; readonly key: string }> {
  const key = `slk_${base64url(deps.random(KEY_BYTES))}`;
  const hash = await deps.vault.keyedHash("ingest_key", key);
  const keyId = newId("key", deps.random);
  await recorder.transaction(async (tx, record) => {
    const sourceId = await ensureSource(tx, { id: newId("source", deps.random), name: of.source });
    if (!(await addIngestKey(tx, { id: keyId, sourceId, label: of.label, hash }))) {
      throw new Error("a random key was made twice");
    }
    await record({ kind: "key.create", outcome: "allowed", key: keyId, source: sourceId });
  });
  return { keyId, key };
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

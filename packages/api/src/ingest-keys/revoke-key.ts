import { revokeIngestKey } from "@secondlook/db/ingest/keys";
import type { Id } from "@secondlook/domain/ids";
import type { Recorder } from "../core/recorder.ts";

/**
 * Takes a key back, for good: what is being stored with it at this moment is waited for, and nothing
 * is taken or shown for it after. False where there is no such key, or it was revoked before.
 */
export function revokeKey(recorder: Recorder, keyId: Id<"key">): Promise<boolean> {
  return recorder.transaction(async (tx, record) => {
    const revoked = await revokeIngestKey(tx, keyId);
    if (revoked === undefined) return false;
    await record({
      kind: "key.revoke",
      outcome: "allowed",
      key: revoked.keyId,
      source: revoked.sourceId,
    });
    return true;
  });
}

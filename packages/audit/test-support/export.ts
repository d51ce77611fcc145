import { signCheckpoint } from "../src/checkpoint.ts";
import { type AuditEvent, encodeEvent } from "../src/event.ts";
import { leafHash, naiveRoot } from "../src/merkle.ts";
import { type NoteSigner, signerFromSeed } from "../src/note-signer.ts";
import type { ExportInput } from "../src/verify-export.ts";
import { event } from "./events.ts";
import { LOG_NAME, LOG_SEED, LOG_VKEY } from "./vectors.ts";

/** A short day of one server: it starts, a case is claimed and rated, it stops. */
export const DAY: readonly AuditEvent[] = [
  event(1, { kind: "emitter.start", outcome: "allowed" }),
  event(2, { kind: "session.start", outcome: "allowed", method: "demo" }),
  event(3, {
    kind: "case.claim",
    outcome: "allowed",
    case: "cas_1",
    cycle: 1,
    round: "first",
    fence: 1,
  }),
  event(4, {
    kind: "media.read",
    outcome: "allowed",
    case: "cas_1",
    subject: "sub_1",
    asset: "evd_1",
    rendition: "face",
    purpose: { code: "review" },
  }),
  event(5, {
    kind: "judgement.seal",
    outcome: "allowed",
    case: "cas_1",
    cycle: 1,
    round: "first",
    fence: 1,
    candidate: "cnd_1",
    rating: 2,
  }),
  event(7, { kind: "emit.void", outcome: "allowed", voided: [6] }),
  event(8, { kind: "session.end", outcome: "allowed", reason: "signed_out" }),
  event(9, { kind: "emitter.stop", outcome: "allowed", last: 9 }),
];

/** Leaves of events. */
export function leavesOf(events: readonly AuditEvent[]): Uint8Array[] {
  return events.map((one) => encodeEvent(one));
}

/** A checkpoint over these leaves, signed with the test key or another. */
export async function sign(leaves: readonly Uint8Array[], signer?: NoteSigner): Promise<string> {
  const root = naiveRoot(leaves.map((leaf) => leafHash(leaf)));
  const log = signer ?? (await signerFromSeed(LOG_NAME, LOG_SEED));
  return signCheckpoint({ origin: log.key.name, size: leaves.length, root }, [log]);
}

/** An export as it should be. */
export async function exportOf(leaves: readonly Uint8Array[]): Promise<ExportInput> {
  return { leaves, checkpoint: await sign(leaves), vkey: LOG_VKEY };
}

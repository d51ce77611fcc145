import type { Database } from "@secondlook/db/database";
import {
  findIngestKey,
  type IngestSource,
  lockIngestKey,
  touchIngestKey,
} from "@secondlook/db/ingest/keys";
import type { Deps } from "../core/deps.ts";
import type { Recorder } from "../core/recorder.ts";
import { Problem } from "./problem.ts";

/** Whose key a request carries, and whether its use should be noted. */
export interface Authenticated extends IngestSource {
  readonly rested: boolean;
}

/** Whose key this request carries. Throws Problem 401. */
export async function authenticateSource(deps: Deps, request: Request): Promise<Authenticated> {
  const header = request.headers.get("authorization") ?? "";
  const token = /^Bearer ([\x21-\x7e]{8,200})$/i.exec(header)?.[1];
  const source =
    token === undefined
      ? undefined
      : await findIngestKey(deps.db, await deps.vault.keyedHash("ingest_key", token));
  if (source === undefined) throw noValidKey();
  return source;
}

/**
 * That the key was not revoked since the request began. In a transaction it stays good until the
 * commit: a revocation waits for what is being stored, and nothing is stored after it.
 *
 * @throws Problem 401.
 */
export async function requireGoodKey(db: Database, source: IngestSource): Promise<void> {
  if (!(await lockIngestKey(db, source.keyId))) throw noValidKey();
}

/** A key that rested for so long and is used again stands in the log by itself. */
const LONG_HOURS = 24;

/**
 * Notes when a key was used last. Its first use, and one after a day's rest, is an event; every other
 * one is told by the event of what it was used for, which names the key.
 */
export async function noteKeyUse(
  recorder: Recorder,
  { keyId, sourceId, rested }: Authenticated,
): Promise<void> {
  if (!rested) return;
  await recorder.transaction(async (tx, record) => {
    const touched = await touchIngestKey(tx, keyId);
    if (touched === undefined) return;
    if (touched.quietHours !== null && touched.quietHours < LONG_HOURS) return;
    await record({ kind: "key.use", outcome: "allowed", key: keyId, source: sourceId });
  });
}

function noValidKey(): Problem {
  return new Problem(401, "no_valid_key", "Send a valid key as “Authorization: Bearer <key>”.");
}

import { findIngestKey, type IngestSource } from "@secondlook/db/ingest/keys";
import type { Deps } from "../core/deps.ts";
import { Problem } from "./problem.ts";

/** Whose key this request carries. Throws Problem 401. */
export async function authenticateSource(deps: Deps, request: Request): Promise<IngestSource> {
  const header = request.headers.get("authorization") ?? "";
  const token = /^Bearer ([\x21-\x7e]{8,200})$/i.exec(header)?.[1];
  const source =
    token === undefined
      ? undefined
      : await findIngestKey(deps.db, await deps.vault.keyedHash("ingest_key", token));
  if (source === undefined) {
    throw new Problem(401, "no_valid_key", "Send a valid key as “Authorization: Bearer <key>”.");
  }
  return source;
}

import type { Deps } from "@secondlook/api/deps";
import { createRecorder } from "@secondlook/api/recorder";
import { addIngestKey, ensureSource } from "@secondlook/db/ingest/keys";
import { newId } from "@secondlook/domain/ids";
import { readFile, writeFile } from "node:fs/promises";

/** Makes a key known to the server under this source's name; a known one changes nothing. */
export async function ensureIngestKey(deps: Deps, source: string, key: string): Promise<void> {
  const hash = await deps.vault.keyedHash("ingest_key", key);
  const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
  await recorder.transaction(async (tx, record) => {
    const sourceId = await ensureSource(tx, { id: newId("source", deps.random), name: source });
    const keyId = newId("key", deps.random);
    if (!(await addIngestKey(tx, { id: keyId, sourceId, label: source, hash }))) return;
    await record({ kind: "key.create", outcome: "allowed", key: keyId, source: sourceId });
  });
}

/** The demo's key, in a file that only its owner can read; made at the first start. */
export async function demoIngestKey(deps: Deps, path: string): Promise<string> {
  const found = await readFile(path, "utf8").catch(() => undefined);
  if (found !== undefined && found.trim().length >= 24) return found.trim();
  const key = `slk_${Buffer.from(deps.random(24)).toString("base64url")}`;
  await writeFile(path, `${key}\n`, { mode: 0o600 });
  return key;
}

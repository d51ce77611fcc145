import { listIngestKeys } from "@secondlook/db/ingest/keys";
import { readConfig } from "../config/config.ts";
import { withDeps } from "./with-deps.ts";

/** `secondlook key list`: a line for each key: id, source, label, when it was used, whether it is good. */
export async function keyList(
  source: string | undefined,
  say: (line: string) => void,
): Promise<number> {
  return withDeps(readConfig(process.env), async ({ db }) => {
    const keys = await listIngestKeys(db, source ?? null);
    if (keys.length === 0) {
      say(
        source === undefined
          ? "There is no ingest key yet; make one with `secondlook key add`."
          : `“${source}” has no ingest key; make one with \`secondlook key add ${source}\`.`,
      );
    }
    const width = Math.max(0, ...keys.map((key) => key.source.length));
    for (const key of keys) {
      const used = key.lastUsedAt === null ? "never used" : `used ${key.lastUsedAt.toISOString()}`;
      const state = key.revokedAt === null ? "good" : `revoked ${key.revokedAt.toISOString()}`;
      process.stdout.write(
        `${key.keyId}  ${key.source.padEnd(width)}  ${state}  ${used}  ${key.label}\n`,
      );
    }
    return 0;
  });
}

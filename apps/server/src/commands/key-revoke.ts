import { revokeKey } from "@secondlook/api/ingest-keys/revoke-key";
import { createRecorder } from "@secondlook/api/recorder";
import { listIngestKeys } from "@secondlook/db/ingest/keys";
import { readConfig } from "../config/config.ts";
import { StopError } from "../config/stop-error.ts";
import { withDeps } from "./with-deps.ts";

/** `secondlook key revoke`: a source's only key, the one named, or all of them; at once and for good. */
export async function keyRevoke(
  source: string,
  options: { readonly key?: string; readonly all?: boolean },
  say: (line: string) => void,
): Promise<number> {
  return withDeps(readConfig(process.env), async (deps) => {
    const good = (await listIngestKeys(deps.db, source)).filter((key) => key.revokedAt === null);
    const meant =
      options.key === undefined ? good : good.filter(({ keyId }) => keyId === options.key);
    if (meant.length === 0) {
      const which = options.key === undefined ? "key" : `key ${options.key}`;
      throw new StopError(
        `“${source}” has no ${which} that is good; \`secondlook key list\` shows every key.`,
      );
    }
    if (meant.length > 1 && options.all !== true) {
      throw new StopError(
        `“${source}” has ${meant.length} keys; name one with --key, or give --all: ${meant
          .map(({ keyId, label }) => `${keyId} (${label})`)
          .join(", ")}.`,
      );
    }
    const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
    for (const { keyId, label } of meant) {
      await revokeKey(recorder, keyId);
      say(`${keyId} (${label}) was revoked; whoever sends with it is refused from now on.`);
    }
    return 0;
  });
}

import { createEmitter } from "@secondlook/api/emitter";
import { toHex } from "@secondlook/audit/bytes";
import { parseTreeHead, type TreeHead } from "@secondlook/audit/checkpoint";
import { forgetHeads, serverIsRunning } from "@secondlook/db/audit/forget-heads";
import { formatVerifierKey } from "@secondlook/audit/note-key";
import { systemRandom } from "@secondlook/domain/ids";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { readConfig } from "../config/config.ts";
import { StopError } from "../config/stop-error.ts";
import { withLog } from "./with-log.ts";

/**
 * `secondlook audit rename`: the log goes on under the name of SECONDLOOK_LOG_ORIGIN and the key that
 * lies in the data folder, because the former key or the log's end is lost. The leaves stay, and new
 * ones tell where the log stood and which key signs from now on.
 */
export async function auditRenameCommand(say: (line: string) => void): Promise<number> {
  const config = readConfig(process.env);
  const name = config.logOrigin;
  return withLog(config, async ({ owner, signer, publishedCheckpoint }) => {
    if (await serverIsRunning(owner))
      throw new StopError("A server works on this database; stop it and try again.");
    const published = headOf(await publishedCheckpoint.read());
    await forgetHeads(owner, (newest) => {
      const stored = headOf(newest);
      const known = [stored, published].filter((head) => head !== undefined);
      if (known.length === 0)
        throw new StopError(
          "This log was never signed, so there is nothing to rename; just start.",
        );
      if (known.some(({ origin }) => origin === name)) {
        throw new StopError(
          `The log is named ${name} already; set SECONDLOOK_LOG_ORIGIN to the name under which it is to go on.`,
        );
      }
      const last = known.reduce((one, other) => (other.size > one.size ? other : one));
      const actor = { id: "sys_operator", role: "operator" } as const;
      const emitter = createEmitter(() => new Date(), systemRandom);
      return [
        emitter.stamp({ kind: "emitter.start", outcome: "allowed" }, actor).leaf,
        emitter.stamp(
          {
            kind: "restore.declared",
            outcome: "allowed",
            size: last.size,
            root: toHex(last.root),
            reason: "renamed",
          },
          actor,
        ).leaf,
        emitter.stamp(
          {
            kind: "key.rotate",
            outcome: "allowed",
            vkey: formatVerifierKey(signer.key),
            reason: "renamed",
          },
          actor,
        ).leaf,
        emitter.stamp({ kind: "emitter.stop", outcome: "allowed", last: emitter.last() + 1 }, actor)
          .leaf,
      ];
    });
    const kept = join(config.dataDir, "checkpoint");
    if (published !== undefined) await rename(kept, `${kept}.before-${Date.now()}`);
    say(
      `The log goes on as ${name}; always start with SECONDLOOK_LOG_ORIGIN=${name} from now on, and give its new verifier key to whoever keeps checkpoints: ${formatVerifierKey(signer.key)}`,
    );
    return 0;
  });
}

/** What a note states, whoever signed it: its key may be the one that is lost. */
function headOf(note: string | undefined): TreeHead | undefined {
  if (note === undefined) return undefined;
  const end = note.indexOf("\n\n");
  return parseTreeHead(note.slice(0, end + 1));
}

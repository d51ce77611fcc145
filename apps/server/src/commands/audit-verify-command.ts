import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { NoteError, parseVerifierKey } from "@secondlook/audit/note-key";
import { readConfig } from "../config/config.ts";
import { StopError } from "../config/stop-error.ts";
import { auditVerifyDatabase, auditVerifyFolder } from "./audit-verify.ts";
import { standingIn } from "../config/standing-in.ts";
import { withLog } from "./with-log.ts";

/**
 * `secondlook audit verify [<folder>]`: an export from its files alone, or the database. Whoever
 * kept the key or checkpoints elsewhere hands them in, and need not trust those that lie beside.
 */
export async function auditVerifyCommand(
  folder: string | undefined,
  kept: { readonly vkey?: string; readonly checkpoint?: readonly string[] },
  say: (line: string) => void,
): Promise<number> {
  const here = standingIn(process.env);
  const vkey = kept.vkey === undefined ? undefined : await readKept(resolve(here, kept.vkey));
  const olderCheckpoints = await Promise.all(
    (kept.checkpoint ?? []).map((path) => readKept(resolve(here, path))),
  );
  if (folder !== undefined) {
    return auditVerifyFolder(resolve(here, folder), say, { vkey, olderCheckpoints });
  }
  return withLog(readConfig(process.env), ({ sequencer, signer, publishedCheckpoint }) =>
    auditVerifyDatabase(
      {
        sequencer,
        key: vkey === undefined ? signer.key : readKey(vkey),
        publishedCheckpoint,
        olderCheckpoints,
      },
      say,
    ),
  );
}

async function readKept(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new StopError(`${path} can't be read; name the file that you kept.`, { cause });
  }
}

function readKey(vkey: string): ReturnType<typeof parseVerifierKey> {
  try {
    return parseVerifierKey(vkey.trim());
  } catch (cause) {
    if (!(cause instanceof NoteError)) throw cause;
    throw new StopError(`The verifier key that was handed in is none: ${cause.message}`, { cause });
  }
}

import { LinesError, splitLines } from "@secondlook/audit/lines";
import { NoteError } from "@secondlook/audit/note-key";
import { RefillError, refillLog } from "@secondlook/db/audit/refill-log";
import { nodeSha256 } from "@secondlook/db/sha256";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readConfig } from "../config/config.ts";
import { standingIn } from "../config/standing-in.ts";
import { StopError } from "../config/stop-error.ts";
import { bytesOf } from "./bytes-of.ts";
import { withLog } from "./with-log.ts";

/**
 * `secondlook audit refill <folder>`: what an older backup lacks of the log is put back from a newer
 * export, so that the log goes on where it was. The cases of that time are not in it.
 */
export async function auditRefillCommand(
  folder: string,
  say: (line: string) => void,
): Promise<number> {
  const from = resolve(standingIn(process.env), folder);
  const checkpoint = await readFile(join(from, "checkpoint"), "utf8").catch((cause: unknown) => {
    throw new StopError(`${from} is no export of the log: it has no file “checkpoint”.`, { cause });
  });
  const filled = await withLog(readConfig(process.env), async ({ owner, signer }) =>
    refillLog(owner, {
      leaves: splitLines(bytesOf(join(from, "leaves.jsonl"))),
      checkpoint,
      key: signer.key,
      sha256: nodeSha256,
    }),
  ).catch((error: unknown) => {
    const told = [RefillError, NoteError, LinesError].some((kind) => error instanceof kind);
    if (error instanceof Error && told) throw new StopError(error.message, { cause: error });
    if (error instanceof Error && "syscall" in error && "path" in error)
      throw new StopError(`${String(error.path)} can't be read.`, { cause: error });
    throw error;
  });
  say(`${filled} events of the log were filled in; start the server, which signs them anew.`);
  return 0;
}

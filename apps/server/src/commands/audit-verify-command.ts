import { resolve } from "node:path";
import { readConfig } from "../config/config.ts";
import { auditVerifyDatabase, auditVerifyFolder } from "./audit-verify.ts";
import { standingIn } from "../config/standing-in.ts";
import { withLog } from "./with-log.ts";

/** `secondlook audit verify [<folder>]`: an export from its files alone, or the database. */
export async function auditVerifyCommand(
  folder: string | undefined,
  say: (line: string) => void,
): Promise<number> {
  if (folder !== undefined) return auditVerifyFolder(resolve(standingIn(process.env), folder), say);
  return withLog(readConfig(process.env), ({ sequencer, signer, publishedCheckpoint }) =>
    auditVerifyDatabase({ sequencer, key: signer.key, publishedCheckpoint }, say),
  );
}

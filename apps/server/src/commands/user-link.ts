import { createRecorder } from "@secondlook/api/recorder";
import { findAccount } from "@secondlook/db/staff/sign-in";
import { readConfig } from "../config/config.ts";
import { StopError } from "../config/stop-error.ts";
import { makeSignInLink, printSignInLink } from "./sign-in-link.ts";
import { withDeps } from "./with-deps.ts";

/** `secondlook user link`: a new one-time link for somebody who signed out or lost theirs. */
export async function userLink(handle: string, say: (line: string) => void): Promise<number> {
  const config = readConfig(process.env);
  return withDeps(config, async (deps) => {
    const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
    const link = await recorder.transaction(async (tx, record) => {
      const account = await findAccount(tx, handle);
      if (account === undefined) throw unknownPerson(handle);
      return makeSignInLink({ deps, config }, tx, record, account.id);
    });
    say(`This link signs ${handle} in once, within 24 hours:`);
    printSignInLink(link);
    return 0;
  });
}

/** Nobody with this handle may sign in. */
export function unknownPerson(handle: string): StopError {
  return new StopError(
    `There is nobody “${handle}” who may sign in; \`secondlook user list\` shows who may.`,
  );
}

import { listAccounts } from "@secondlook/db/staff/sign-in";
import { readConfig } from "../config/config.ts";
import { withDeps } from "./with-deps.ts";

/** `secondlook user list`: who may sign in, a line each: handle, role, name. */
export async function userList(say: (line: string) => void): Promise<number> {
  return withDeps(readConfig(process.env), async ({ db }) => {
    const accounts = await listAccounts(db);
    if (accounts.length === 0) {
      say("Nobody may sign in yet; add somebody with `secondlook user add`.");
    }
    const width = Math.max(0, ...accounts.map(({ handle }) => handle.length));
    for (const { handle, role, displayName } of accounts) {
      process.stdout.write(`${handle.padEnd(width)}  ${role.padEnd(8)}  ${displayName}\n`);
    }
    return 0;
  });
}

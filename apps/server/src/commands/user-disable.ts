import { endLeasesOf } from "@secondlook/api/queue/end-leases";
import { createRecorder } from "@secondlook/api/recorder";
import { disableStaff } from "@secondlook/db/staff/disable-staff";
import { readConfig } from "../config/config.ts";
import { unknownPerson } from "./user-link.ts";
import { withDeps } from "./with-deps.ts";

/**
 * `secondlook user disable`: the person can't sign in any more; sessions, unused links and the
 * right to write under a lease end at once, and what they held is free for others.
 */
export async function userDisable(handle: string, say: (line: string) => void): Promise<number> {
  return withDeps(readConfig(process.env), async (deps) => {
    const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
    await recorder.transaction(async (tx, record) => {
      const id = await disableStaff(tx, handle);
      if (id === undefined) throw unknownPerson(handle);
      await endLeasesOf(tx, record, { staffId: id, reason: "account_closed" });
      await record({ kind: "people.disable", outcome: "allowed", user: id });
    });
    say(`${handle} can't sign in any more. What was recorded about their work stays.`);
    return 0;
  });
}

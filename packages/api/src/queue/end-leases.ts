import type { Database } from "@secondlook/db/database";
import { endLeases } from "@secondlook/db/queue/release";
import type { RecordInTransaction } from "../core/recorder.ts";
import { endEvents, recordAll } from "./lease-events.ts";

/**
 * Ends a person's leases at once and records it, in the transaction that takes away what they rested
 * on: pause, sign-out, a role that is lost, an account that is closed, a case whose page was opened
 * (`on`). Drafts and seals stay.
 */
export async function endLeasesOf(
  tx: Database,
  record: RecordInTransaction,
  of: {
    readonly staffId: `usr_${string}`;
    /** A code, such as `pause` or `sign_out`. */
    readonly reason: string;
    readonly on?: `cas_${string}`;
  },
): Promise<void> {
  const ended = await endLeases(tx, {
    staffId: of.staffId,
    which: "all",
    ...(of.on === undefined ? {} : { on: of.on }),
  });
  await recordAll(record, endEvents(ended, of));
}

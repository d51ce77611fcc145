import { countWaiting, holdersNow, leasesOf, moreUrgentWaits } from "@secondlook/db/queue/live";
import { stripNow } from "@secondlook/db/queue/strip";
import { can } from "@secondlook/domain/access/roles";
import type { Staff } from "../core/context.ts";
import type { Deps } from "../core/deps.ts";
import { type LiveNews, liveSchema } from "@secondlook/domain/queue/live-news";

/** A list of so many people at work is no list to look at any more. */
const HOLDERS = 200;

/** What this person is told live, as it is now; `withHolders` where that was recorded. */
export async function liveSnapshot(
  { db }: Pick<Deps, "db">,
  staff: Staff,
  withHolders: boolean,
): Promise<LiveNews> {
  const judges = can(staff.role, "queue.claim").allowed;
  const oversees = can(staff.role, "queue.oversee").allowed;
  const [leases, waiting, urgent, holders, strip] = await Promise.all([
    judges ? leasesOf(db, staff.id) : [],
    judges ? countWaiting(db) : null,
    judges ? moreUrgentWaits(db, staff) : false,
    oversees && withHolders ? holdersNow(db, HOLDERS) : null,
    oversees ? stripNow(db, staff) : null,
  ]);
  // Through its schema, so that no column slips out.
  return liveSchema.parse({
    leases,
    queue: waiting === null ? null : { waiting, urgent },
    holders,
    strip,
  });
}

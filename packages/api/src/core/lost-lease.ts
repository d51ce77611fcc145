import type { Database } from "@secondlook/db/database";
import type { LeaseClaim } from "@secondlook/db/queue/lease";
import { whyCancelled } from "@secondlook/db/upstream/cancelled-lease";
import { CANCELLED_WORDS } from "@secondlook/domain/queue/cancelled";
import { leaseLost, Refusal } from "./refusal.ts";

/** That a lease is gone, and why, where upstream or a lead ended it. */
export async function lostLease(db: Database, lease: LeaseClaim): Promise<Refusal> {
  const why = await whyCancelled(db, lease);
  return why === undefined ? leaseLost() : new Refusal("lease_lost", CANCELLED_WORDS[why]);
}

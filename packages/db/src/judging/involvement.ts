import { sql } from "drizzle-orm";
import { type Database, run } from "../database.ts";
import type { HeldRound } from "../queue/lease.ts";

/** Remembers that this person had a part in this round, and so may take no other of the case. */
export async function recordInvolvement(
  tx: Database,
  row: {
    readonly held: Pick<HeldRound, "caseId" | "cycle" | "round">;
    readonly staffId: string;
    readonly how: "sealed" | "decided";
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into app.involvement (case_id, staff_id, cycle, round, how)
        values (${row.held.caseId}, ${row.staffId}, ${row.held.cycle}, ${row.held.round}, ${row.how})
        on conflict do nothing`,
  );
}

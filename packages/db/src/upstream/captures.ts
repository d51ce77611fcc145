import { sql } from "drizzle-orm";
import type { Id } from "@secondlook/domain/ids";
import { type Database, run } from "../database.ts";

/** A later snapshot of a case's probe (no candidate) or of a candidate. */
export interface NewCapture {
  readonly caseId: Id<"case">;
  readonly verificationId: Id<"verification">;
  readonly candidateId: Id<"candidate"> | null;
  /** The first cycle that it counts in; a cycle that began before keeps what it had. */
  readonly cycle: number;
}

/** Adds a snapshot to a case. Call it before the case moves to that cycle. */
export async function insertCapture(tx: Database, row: NewCapture): Promise<void> {
  if (row.candidateId === null) {
    // The first one stands in the case itself until there is a second.
    await run(
      tx,
      sql`insert into app.capture (verification_id, case_id, cycle)
          select c.probe_id, c.id, 1 from app.review_case c
          where c.id = ${row.caseId} and not exists (
            select from app.capture p where p.case_id = c.id and p.candidate_id is null)`,
    );
  }
  await run(
    tx,
    sql`insert into app.capture (verification_id, case_id, candidate_id, cycle)
        values (${row.verificationId}, ${row.caseId}, ${row.candidateId}, ${row.cycle})`,
  );
}

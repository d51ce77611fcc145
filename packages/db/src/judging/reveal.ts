import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, idColumn, rowsOf, run } from "../database.ts";
import type { HeldRound } from "../queue/lease.ts";

const machineRow = z
  .object({
    candidate_id: idColumn("candidate").nullable(),
    similarity: column.numeric.nullable(),
    rank: z.int().nullable(),
    run_id: idColumn("run"),
    provider: z.string(),
    model_version: z.string(),
    gallery: z.string(),
    threshold: column.numeric.nullable(),
    recommendation: z.enum(["same_person", "different_person", "none"]),
  })
  .transform((row) => ({
    candidateId: row.candidate_id,
    similarity: row.similarity,
    rank: row.rank,
    runId: row.run_id,
    provider: row.provider,
    modelVersion: row.model_version,
    gallery: row.gallery,
    threshold: row.threshold,
    recommendation: row.recommendation,
  }));

export type MachineRow = z.output<typeof machineRow>;

/**
 * Opens what the machine said of the shown candidates to this person, and tells nothing yet: call
 * `readScores` with the event's id once this transaction has committed. The database checks lease and
 * seals and appends the event itself. Fails with SQLSTATE SL003 (lease lost) or SL004 (not sealed).
 */
export async function recordReveal(
  tx: Database,
  by: { readonly held: HeldRound; readonly staffId: string; readonly leaf: Uint8Array },
): Promise<void> {
  const { caseId, cycle, round, fence } = by.held;
  await run(
    tx,
    sql`select sealed.reveal(${caseId}, ${cycle}, ${round}, ${by.staffId}, ${fence}, ${by.leaf})`,
  );
}

/**
 * What the machine said: the only way to it, by the id of the event that `recordReveal` or
 * `recordSettledReveal` wrote within the last minute. Fails with SQLSTATE SL007 where no such event
 * has committed, and so in the transaction that writes it.
 */
export async function readScores(
  db: Database,
  by: { readonly eid: string; readonly staffId: string },
): Promise<readonly MachineRow[]> {
  return rowsOf(
    db,
    machineRow,
    sql`select candidate_id, similarity, rank, run_id, provider, model_version, gallery, threshold, recommendation
        from sealed.read(${by.eid}, ${by.staffId})`,
  );
}

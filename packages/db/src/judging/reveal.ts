import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, idColumn, rowsOf } from "../database.ts";
import type { HeldRound } from "../queue/lease.ts";

export const machineRow = z
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
 * What the machine said of the shown candidates: the only way to it. The database checks lease and
 * seals and appends the event itself. Fails with SQLSTATE SL003 (lease lost) or SL004 (not sealed).
 */
export async function revealScores(
  tx: Database,
  by: { readonly held: HeldRound; readonly staffId: string; readonly leaf: Uint8Array },
): Promise<readonly MachineRow[]> {
  const { caseId, cycle, round, fence } = by.held;
  return rowsOf(
    tx,
    machineRow,
    sql`select candidate_id, similarity, rank, run_id, provider, model_version, gallery, threshold, recommendation
        from sealed.reveal(${caseId}, ${cycle}, ${round}, ${by.staffId}, ${fence}, ${by.leaf})`,
  );
}

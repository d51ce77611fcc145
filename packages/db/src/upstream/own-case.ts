import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Id } from "@secondlook/domain/ids";
import { PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import { type Database, idColumn, rowOf, rowsOf } from "../database.ts";

const caseRow = z
  .object({
    id: idColumn("case"),
    cycle: z.int(),
    region: z.string(),
    priority: z.int().transform((index) => PRIORITIES[index] ?? "normal"),
    subject_id: idColumn("subject"),
    subject_external_id: z.string(),
    erased: z.boolean(),
  })
  .transform((row) => ({
    caseId: row.id,
    cycle: row.cycle,
    region: row.region,
    priority: row.priority,
    probeSubjectId: row.subject_id,
    probeExternalId: row.subject_external_id,
    /** The probe's person was erased. */
    erased: row.erased,
  }));

export type OwnCase = z.output<typeof caseRow>;

/** A source's own case, as far as a message about it needs it; undefined where it has no such case. */
export async function findOwnCase(
  db: Database,
  by: { readonly caseId: Id<"case">; readonly sourceId: Id<"source"> },
): Promise<OwnCase | undefined> {
  return rowOf(
    db,
    caseRow,
    sql`select c.id, c.cycle, c.region, c.priority, s.id as subject_id, s.external_id as subject_external_id,
               s.wrapped_key is null as erased
        from app.review_case c join app.verification v on v.id = c.probe_id join app.subject s on s.id = v.subject_id
        where c.id = ${by.caseId} and c.source_id = ${by.sourceId}`,
  );
}

const candidateRow = z
  .object({
    id: idColumn("candidate"),
    subject_id: idColumn("subject"),
    external_id: z.string(),
  })
  .transform((row) => ({
    candidateId: row.id,
    subjectId: row.subject_id,
    externalId: row.external_id,
  }));

export type ProposedCandidate = z.output<typeof candidateRow>;

/** The candidates of the newest matcher run, also of one that counts from the next cycle on. */
export async function newestCandidates(
  db: Database,
  caseId: Id<"case">,
): Promise<readonly ProposedCandidate[]> {
  return rowsOf(
    db,
    candidateRow,
    sql`select k.id, k.subject_id, s.external_id
        from app.candidate k join app.subject s on s.id = k.subject_id join app.review_case c on c.id = k.case_id
        where k.case_id = ${caseId} and k.run_id = sealed.run_in_force(c.id, c.cycle + 1)`,
  );
}

/**
 * Locks accounts against their erasure until the transaction ends. False where one was erased
 * meanwhile; in one order always, so that no two wait crosswise.
 */
export async function lockAccounts(
  tx: Database,
  subjectIds: readonly Id<"subject">[],
): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    z.object({ erased: z.boolean() }),
    sql`select wrapped_key is null as erased from app.subject
        where id in (${sql.join(
          subjectIds.map((id) => sql`${id}`),
          sql`, `,
        )})
        order by id for share`,
  );
  return rows.every((row) => !row.erased);
}

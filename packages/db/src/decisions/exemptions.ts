import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Id } from "@secondlook/domain/ids";
import { type Database, idColumn, rowsOf, run } from "../database.ts";
import type { HeldRound } from "../queue/lease.ts";

/**
 * The shown candidates whose account and the probe's an exemption in force covers. In force means:
 * recorded with an effective decision, and by a second person of that cycle too, and ended by
 * neither: where two people gave it different ends, the earlier one holds.
 */
export async function exemptCandidates(
  db: Database,
  held: Pick<HeldRound, "caseId" | "cycle" | "probeSubjectId">,
): Promise<ReadonlySet<string>> {
  const covers = sql`exists (select 1 from app.exemption_account p where p.exemption_id = e.id and p.subject_id = ${held.probeSubjectId})
    and exists (select 1 from app.exemption_account o where o.exemption_id = e.id and o.subject_id = k.subject_id)`;
  const rows = await rowsOf(
    db,
    z.object({ candidate_id: idColumn("candidate") }),
    sql`select s.candidate_id from app.shown_candidate s join app.candidate k on k.id = s.candidate_id
        where s.case_id = ${held.caseId} and s.cycle = ${held.cycle} and exists (
          select 1 from app.exemption e join app.decision d on d.id = e.decision_id
          where e.undone_at is null and e.expires_at > app.now() and ${covers}
            and d.is_final and d.undone_at is null and d.undo_until <= app.now()
            and exists (
              select 1 from app.exemption e2 join app.decision d2 on d2.id = e2.decision_id
              where d2.case_id = d.case_id and d2.cycle = d.cycle and d2.staff_id <> d.staff_id
                and d2.undone_at is null and e2.undone_at is null and e2.expires_at > app.now()
                and exists (select 1 from app.exemption_account p where p.exemption_id = e2.id and p.subject_id = ${held.probeSubjectId})
                and exists (select 1 from app.exemption_account o where o.exemption_id = e2.id and o.subject_id = k.subject_id)))`,
  );
  return new Set(rows.map((row) => row.candidate_id));
}

/** An exemption as recorded with a decision. */
export interface NewExemption {
  readonly id: Id<"exemption">;
  readonly decisionId: Id<"decision">;
  readonly caseId: Id<"case">;
  readonly reason: string;
  /** Encrypted under the probe's key; null where nothing was written. */
  readonly note: Uint8Array | null;
  readonly expiresAt: Date;
  readonly subjectIds: readonly Id<"subject">[];
}

/** Records an exemption with the accounts that it covers. */
export async function insertExemption(tx: Database, row: NewExemption): Promise<void> {
  await run(
    tx,
    sql`insert into app.exemption (id, decision_id, case_id, reason, note, expires_at)
        values (${row.id}, ${row.decisionId}, ${row.caseId}, ${row.reason}, ${row.note}, ${row.expiresAt.toISOString()}::timestamptz)`,
  );
  const values = row.subjectIds.map((subjectId) => sql`(${row.id}, ${subjectId})`);
  await run(
    tx,
    sql`insert into app.exemption_account (exemption_id, subject_id) values ${sql.join(values, sql`, `)}`,
  );
}

/** Takes back what was recorded with a decision; gives the ids of the exemptions. */
export async function undoExemptions(
  tx: Database,
  decisionId: string,
): Promise<readonly Id<"exemption">[]> {
  const rows = await rowsOf(
    tx,
    z.object({ id: idColumn("exemption") }),
    sql`update app.exemption set undone_at = app.now() where decision_id = ${decisionId} and undone_at is null returning id`,
  );
  return rows.map((row) => row.id);
}

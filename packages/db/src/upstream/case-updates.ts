import { sql } from "drizzle-orm";
import { z } from "zod";
import {
  UPSTREAM_EFFECTS,
  UPSTREAM_KINDS,
  type UpstreamEffect,
  type UpstreamKind,
  WITHDRAWAL_REASONS,
  WITHDRAWERS,
} from "@secondlook/domain/cases/upstream";
import type { Id } from "@secondlook/domain/ids";
import { column, type Database, rowsOf, run } from "../database.ts";

const updateRow = z
  .object({
    kind: z.enum(UPSTREAM_KINDS),
    effect: z.enum(UPSTREAM_EFFECTS),
    by: z.enum(WITHDRAWERS).nullable(),
    reason: z.enum(WITHDRAWAL_REASONS).nullable(),
    received_at: column.instant,
  })
  .transform((row) => ({
    kind: row.kind,
    effect: row.effect,
    by: row.by,
    reason: row.reason,
    receivedAt: row.received_at,
  }));

export type CaseUpdate = z.output<typeof updateRow>;

/** What upstream sent for a case after the case itself, oldest first. */
export async function caseUpdates(
  db: Database,
  caseId: Id<"case">,
): Promise<readonly CaseUpdate[]> {
  return rowsOf(
    db,
    updateRow,
    sql`select kind, effect, by, reason, received_at from app.case_update where case_id = ${caseId} order by id`,
  );
}

export interface NewCaseUpdate {
  readonly caseId: Id<"case">;
  readonly kind: UpstreamKind;
  /** The cycle that it met. */
  readonly cycle: number;
  readonly effect: UpstreamEffect;
  readonly keyId: Id<"key">;
  /** Of a withdrawal only. */
  readonly withdrawal: {
    readonly by: (typeof WITHDRAWERS)[number];
    readonly reason: (typeof WITHDRAWAL_REASONS)[number];
  } | null;
}

export async function insertCaseUpdate(tx: Database, row: NewCaseUpdate): Promise<void> {
  await run(
    tx,
    sql`insert into app.case_update (case_id, kind, cycle, effect, key_id, by, reason)
        values (${row.caseId}, ${row.kind}, ${row.cycle}, ${row.effect}, ${row.keyId},
                ${row.withdrawal?.by ?? null}, ${row.withdrawal?.reason ?? null})`,
  );
}

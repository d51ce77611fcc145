import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { MISTAKE_OUTCOMES, type MistakeOutcome } from "@secondlook/domain/decisions/mistake";
import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { column, type Database, idColumn, rowOf, rowsOf } from "../database.ts";
import type { Claimer } from "../queue/claimer.ts";
import { nothingToHide, ofRegion } from "../queue/listed.ts";

const mistakeRow = z
  .object({
    decision_id: idColumn("decision"),
    case_id: idColumn("case"),
    external_id: z.string(),
    subject_id: idColumn("subject"),
    region: z.string(),
    outcome: z.enum(OUTCOMES),
    author: idColumn("actor"),
    display_name: z.string(),
    decided_at: column.instant,
    reported_at: column.instant,
    handled_at: column.instant.nullable(),
    handled_how: z.enum(MISTAKE_OUTCOMES).nullable(),
    handler_name: z.string().nullable(),
  })
  .transform((row) => ({
    decisionId: row.decision_id,
    caseId: row.case_id,
    externalId: row.external_id,
    probeSubjectId: row.subject_id,
    region: row.region,
    outcome: row.outcome,
    author: row.author,
    displayName: row.display_name,
    decidedAt: row.decided_at,
    reportedAt: row.reported_at,
    handled:
      row.handled_at === null || row.handled_how === null || row.handler_name === null
        ? null
        : { at: row.handled_at, how: row.handled_how, by: row.handler_name },
  }));

/** The report `m` of the decision `d` of the case `c`. */
const REPORTED = sql`app.mistake m join app.decision d on d.id = m.decision_id
  join app.review_case c on c.id = d.case_id join app.verification v on v.id = c.probe_id`;

/** Where a page of reports ended. */
export interface MistakeCursor {
  readonly at: string;
  readonly decisionId: string;
}

export interface MistakeQuery {
  readonly asker: Claimer;
  readonly region: string | null;
  /** Those that were dealt with, the last one first; else those that wait, the oldest first. */
  readonly handled: boolean;
  readonly after: MistakeCursor | null;
  readonly limit: number;
}

/**
 * Decisions that their authors reported as mistakes. A case that the asker may still judge is left
 * out: that somebody decided it would tell its stage.
 */
export async function reportedMistakes(
  db: Database,
  of: MistakeQuery,
): Promise<readonly z.output<typeof mistakeRow>[]> {
  // As the cursor carries it.
  const at = sql`date_trunc('milliseconds', ${of.handled ? sql`m.handled_at` : sql`m.at`})`;
  const last = sql`(${of.after?.at ?? null}::timestamptz, ${of.after?.decisionId ?? null}::text)`;
  const beyond = of.handled ? sql`<` : sql`>`;
  const direction = of.handled ? sql`desc` : sql`asc`;
  return rowsOf(
    db,
    mistakeRow,
    sql`select m.decision_id, d.case_id, c.external_id, v.subject_id, c.region, d.outcome, d.staff_id as author,
               p.display_name, d.decided_at, m.at as reported_at, m.handled_at, m.handled_how, h.display_name as handler_name
        from ${REPORTED} join app.staff p on p.id = d.staff_id left join app.staff h on h.id = m.handled_by
        where ${listed(of)} and ${of.after === null ? sql`true` : sql`(${at}, m.decision_id) ${beyond} ${last}`}
        order by ${at} ${direction}, m.decision_id ${direction} limit ${of.limit}`,
  );
}

/** How many of them wait. */
export async function countOpenMistakes(
  db: Database,
  of: Pick<MistakeQuery, "asker" | "region">,
): Promise<number> {
  const row = await rowOf(
    db,
    z.object({ found: column.count }),
    sql`select count(*) as found from ${REPORTED} where ${listed({ ...of, handled: false })}`,
  );
  return row?.found ?? 0;
}

function listed(of: Pick<MistakeQuery, "asker" | "region" | "handled">): SQL {
  return sql`${nothingToHide(of.asker)} and ${ofRegion(of.region)}
    and m.handled_at is ${of.handled ? sql`not null` : sql`null`}`;
}

const reportRow = z
  .object({
    case_id: idColumn("case"),
    subject_id: idColumn("subject"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    policy_version: z.int(),
    author: idColumn("actor"),
    note: column.bytes,
    handled_note: column.bytes.nullable(),
    handled: z.boolean(),
  })
  .transform((row) => ({
    caseId: row.case_id,
    probeSubjectId: row.subject_id,
    cycle: row.cycle,
    round: row.round,
    policyVersion: row.policy_version,
    author: row.author,
    note: row.note,
    handledNote: row.handled_note,
    handled: row.handled,
  }));

/** One report with its notes, which are encrypted under the probe's key; locked until the end. */
export async function findMistake(
  tx: Database,
  by: { readonly decisionId: string; readonly asker: Claimer },
): Promise<z.output<typeof reportRow> | undefined> {
  return rowOf(
    tx,
    reportRow,
    sql`select d.case_id, v.subject_id, d.cycle, d.round, d.policy_version, d.staff_id as author,
               m.note, m.handled_note, m.handled_at is not null as handled
        from ${REPORTED} where m.decision_id = ${by.decisionId} and ${nothingToHide(by.asker)}
        for no key update of m`,
  );
}

/** Notes who dealt with a report and how; false where somebody had already. */
export async function closeMistake(
  tx: Database,
  of: {
    readonly decisionId: string;
    readonly staffId: string;
    readonly how: MistakeOutcome;
    readonly note: Uint8Array | null;
  },
): Promise<boolean> {
  const row = await rowOf(
    tx,
    z.object({ decision_id: z.string() }),
    sql`update app.mistake set handled_at = app.now(), handled_by = ${of.staffId}, handled_how = ${of.how},
               handled_note = ${of.note}
        where decision_id = ${of.decisionId} and handled_at is null returning decision_id`,
  );
  return row !== undefined;
}

import type { EventBody } from "@secondlook/audit/event";
import { type OverviewRow, queueCounts, queueOverview } from "@secondlook/db/queue/overview";
import { stageOf } from "@secondlook/domain/cases/stage";
import { PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import { z } from "zod";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { overviewInput, overviewOutput } from "../schemas/queue.ts";
import { isPostgresYear } from "../schemas/text.ts";
import { caseIdSchema } from "../schemas/work.ts";

const PAGE = 50;

const cursorSchema = z.tuple([
  z.boolean(),
  z
    .int()
    .min(0)
    .max(PRIORITIES.length - 1),
  z.iso.datetime().refine(isPostgresYear),
  caseIdSchema,
]);

/** For leads: what waits, who holds what, and what nobody is left for. */
export const overview = procedure
  .meta({ permission: "queue.oversee", records: ["queue.search"] })
  .input(overviewInput)
  .output(overviewOutput)
  .query(async ({ ctx, input }) => {
    const { db } = ctx.deps;
    const found = await queueOverview(db, {
      asker: ctx.staff,
      region: input.region,
      after: input.cursor === null ? null : readCursor(input.cursor),
      limit: PAGE + 1,
    });
    const rows = found.slice(0, PAGE);
    const { counts, oldestWaitingSince } = await queueCounts(db, ctx.staff);
    const events = rows.map((row): EventBody => ({
      kind: "queue.search",
      outcome: "allowed",
      case: row.caseId,
      subject: row.probeSubjectId,
    }));
    await ctx.recorder.read(
      events.length > 0 ? events : [{ kind: "queue.search", outcome: "allowed" }],
    );
    const last = rows.at(-1);
    return {
      counts,
      oldestWaitingSince: oldestWaitingSince?.toISOString() ?? null,
      rows: rows.map((row) => rowView(row, ctx.deps.clock())),
      nextCursor: found.length > PAGE && last !== undefined ? writeCursor(last) : null,
    };
  });

/**
 * What a lead sees of a row. Of a case that they may still judge they learn neither the stage nor
 * the times that would tell it: when this round began to wait, and since when it can be claimed, or
 * that it can't be yet because the decision before it can still be undone.
 */
function rowView(row: OverviewRow, now: Date): z.output<typeof overviewOutput>["rows"][number] {
  const since = row.mayJudge || row.undoable ? row.receivedAt : row.waitingSince;
  const hidden = row.reserved || (row.mayJudge && (row.undoable || row.claimableAt <= now));
  const claimableAt = hidden ? since : row.claimableAt;
  return {
    caseId: row.caseId,
    region: row.region,
    priority: PRIORITIES[row.priority] ?? "normal",
    dueAt: row.dueAt.toISOString(),
    waitingSince: since.toISOString(),
    claimableAt: claimableAt.toISOString(),
    stage: row.mayJudge ? null : stageOf(row.round),
    heldBy:
      row.holderName === null
        ? null
        : { displayName: row.holderName, until: row.claimableAt.toISOString() },
    nobodyEligible: row.stuck,
  };
}

function writeCursor(last: OverviewRow): string {
  return JSON.stringify([last.stuck, last.priority, last.dueAt.toISOString(), last.caseId]);
}

function readCursor(text: string): Parameters<typeof queueOverview>[1]["after"] {
  const parsed = cursorSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Refusal("invalid_input", "This is not where a page ended; start at the first one.");
  }
  const [stuck, priority, dueAt, caseId] = parsed.data;
  return { stuck, priority, dueAt, caseId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { EventBody } from "@secondlook/audit/event";
import {
  type CaseFigure,
  type CountedCase,
  countedCases,
  noteMachineSeen,
} from "@secondlook/db/insights/counted-cases";
import { staffNames } from "@secondlook/db/staff/names";
import { isId } from "@secondlook/domain/ids";
import { z } from "zod";
import type { Context, Staff } from "../core/context.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { casesInput, casesOutput, type FilterInput, myCasesInput } from "../schemas/insights.ts";
import { ownFilter, readFigures, resolve } from "./reading.ts";

const PAGE = 50;

/** Figures whose list tells what the machine said of each case. */
const TELLS_MACHINE: ReadonlySet<CaseFigure> = new Set<CaseFigure>([
  "override",
  "cleared",
  "caught",
  "own_override",
  "confirmed",
  "toward",
  "away",
]);
/** What a figure's detail looks like, where it has one; only of score bands all may be meant. */
const DETAIL: Partial<Record<CaseFigure, RegExp>> = {
  outcome: /^\S+$/,
  reason: /^\S+ \S+$/,
  confirmed: /^(?:-1|1?\d)?$/,
  override: /^(?:-1|1?\d)?$/,
};

/** The cases behind a figure: settled, newest first. One event for each account shown. */
export const cases = procedure
  .meta({ permission: "insights.read", records: ["insights.query"] })
  .input(casesInput)
  .output(casesOutput)
  .query(async ({ ctx, input }) => listCases(ctx, input, input.filter));

/** The same of one's own decisions. */
export const myCases = procedure
  .meta({ permission: "insights.own", records: ["insights.query"] })
  .input(myCasesInput)
  .output(casesOutput)
  .query(async ({ ctx, input }) => listCases(ctx, input, ownFilter(input, ctx.staff.id)));

interface ListContext extends Context {
  readonly staff: Staff;
}

async function listCases(
  ctx: ListContext,
  input: Pick<z.output<typeof casesInput>, "figure" | "detail" | "whole" | "cursor">,
  by: FilterInput,
): Promise<z.input<typeof casesOutput>> {
  const { figure, detail, whole } = input;
  checkDetail(figure, detail);
  const after = input.cursor === null ? null : readCursor(input.cursor);
  const found = await readFigures(ctx.deps.db, async (tx, progress) => {
    const { filter } = resolve(by, progress, ctx.deps.clock());
    return countedCases(tx, { figure, detail, whole, filter, after, limit: PAGE + 1 });
  });
  const rows = found.slice(0, PAGE);
  const events = eventsOf(whole ? ["cases", figure, "whole"] : ["cases", figure], rows);
  if (TELLS_MACHINE.has(figure)) {
    // Whoever learns it may not judge the case again, should it be opened anew.
    await ctx.recorder.transaction(async (tx, record) => {
      for (const event of events) await record(event);
      await noteMachineSeen(tx, ctx.staff.id, rows);
    });
  } else {
    await ctx.recorder.read(events);
  }
  const names = await staffNames(
    ctx.deps.db,
    rows.map(({ staffId }) => staffId),
  );
  const last = rows.at(-1);
  return {
    rows: rows.map((row) => ({
      decisionId: row.decisionId,
      caseId: row.caseId,
      region: row.region,
      decidedAt: row.decidedAt.toISOString(),
      outcome: row.outcome,
      reviewer: { id: row.staffId, name: names.get(row.staffId) ?? "unknown" },
    })),
    nextCursor:
      found.length > PAGE && last !== undefined
        ? JSON.stringify([last.decidedExact, last.decisionId])
        : null,
  };
}

function eventsOf(fields: readonly string[], rows: readonly CountedCase[]): readonly EventBody[] {
  const event = { kind: "insights.query", outcome: "allowed", fields } as const;
  if (rows.length === 0) return [event];
  return rows.map((row) => ({ ...event, case: row.caseId, subject: row.subjectId }));
}

function checkDetail(figure: CaseFigure, detail: string | null): void {
  if (DETAIL[figure]?.test(detail ?? "") === false) {
    throw new Refusal(
      "invalid_input",
      "Name the outcome, the outcome and reason, or the score band whose cases you want to see.",
    );
  }
}

const cursorSchema = z.tuple([
  z.iso.datetime({ precision: 6 }),
  z.string().refine((id) => isId("decision", id)),
]);

function readCursor(text: string): { decidedAt: string; decisionId: string } {
  const parsed = cursorSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Refusal("invalid_input", "This is not where a page ended; start at the first one.");
  }
  const [decidedAt, decisionId] = parsed.data;
  return { decidedAt, decisionId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

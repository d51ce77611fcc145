import type { EventBody } from "@secondlook/audit/event";
import { type FoundCase, searchCases } from "@secondlook/db/cases/search-cases";
import { can } from "@secondlook/domain/access/roles";
import { PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import { isId } from "@secondlook/domain/ids";
import type { z } from "zod";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { searchInput, searchOutput } from "../schemas/cases.ts";

const PAGE = 50;

/** Cases by id, region, outcome and dates; one event for each account shown. */
export const search = procedure
  .meta({ permission: "case.browse", records: ["case.search"] })
  .input(searchInput)
  .output(searchOutput)
  .query(async ({ ctx, input }) => {
    const { cursor, ...by } = input;
    if (cursor !== null && !isId("case", cursor)) {
      throw new Refusal("invalid_input", "This is not where a page ended; start at the first one.");
    }
    const found = await searchCases(ctx.deps.db, {
      ...by,
      after: cursor,
      asker: { id: ctx.staff.id, judges: can(ctx.staff.role, "case.judge").allowed },
      limit: PAGE + 1,
    });
    const rows = found.slice(0, PAGE);
    await ctx.recorder.read(eventsOf(rows, by));
    return {
      rows: rows.map(rowView),
      nextCursor: found.length > PAGE ? (rows.at(-1)?.caseId ?? null) : null,
    };
  });

/** What was searched by, never what for; a search that shows nobody is an event as well. */
function eventsOf(
  rows: readonly FoundCase[],
  by: Readonly<Record<string, string | null>>,
): readonly EventBody[] {
  const asked = Object.keys(by).filter((name) => by[name] !== null);
  const event = {
    kind: "case.search",
    outcome: "allowed",
    fields: asked.length === 0 ? ["all"] : asked,
  } as const;
  return rows.length === 0
    ? [event]
    : rows.map((row) => ({ ...event, case: row.caseId, subject: row.probeSubjectId }));
}

function rowView(row: FoundCase): z.output<typeof searchOutput>["rows"][number] {
  return {
    caseId: row.caseId,
    externalId: row.externalId,
    region: row.region,
    priority: PRIORITIES[row.priority] ?? "normal",
    receivedAt: row.receivedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    stage: row.stage,
    outcome: row.outcome,
  };
}

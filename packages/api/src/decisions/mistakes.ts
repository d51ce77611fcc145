import { type MistakeCursor, reportedMistakes } from "@secondlook/db/decisions/mistakes";
import { isId } from "@secondlook/domain/ids";
import { z } from "zod";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { shownEvents } from "../queue/shown-events.ts";
import { mistakesInput, mistakesOutput } from "../schemas/mistakes.ts";
import { isPostgresYear } from "../schemas/text.ts";

const PAGE = 50;

const cursorSchema = z.tuple([
  z.iso.datetime().refine(isPostgresYear),
  z.string().refine((id) => isId("decision", id)),
]);

/** For leads: decisions that their authors reported as mistakes; the notes are read one by one. */
export const mistakes = procedure
  .meta({ permission: "queue.oversee", records: ["queue.search"] })
  .input(mistakesInput)
  .output(mistakesOutput)
  .query(async ({ ctx, input }) => {
    const { handled, region } = input;
    const found = await reportedMistakes(ctx.deps.db, {
      asker: ctx.staff,
      region,
      handled,
      after: input.cursor === null ? null : readCursor(input.cursor),
      limit: PAGE + 1,
    });
    const rows = found.slice(0, PAGE);
    await ctx.recorder.read(shownEvents(rows, "mistakes"));
    const last = rows.at(-1);
    const lastAt = handled ? last?.handled?.at : last?.reportedAt;
    return {
      rows: rows.map((row) => ({
        decisionId: row.decisionId,
        caseId: row.caseId,
        externalId: row.externalId,
        region: row.region,
        outcome: row.outcome,
        by: row.displayName,
        isYours: row.author === ctx.staff.id,
        decidedAt: row.decidedAt.toISOString(),
        reportedAt: row.reportedAt.toISOString(),
        handled: row.handled === null ? null : { ...row.handled, at: row.handled.at.toISOString() },
      })),
      nextCursor:
        found.length > PAGE && last !== undefined && lastAt !== undefined
          ? JSON.stringify([lastAt.toISOString(), last.decisionId])
          : null,
    };
  });

function readCursor(text: string): MistakeCursor {
  const parsed = cursorSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Refusal("invalid_input", "This is not where a page ended; start at the first one.");
  }
  const [at, decisionId] = parsed.data;
  return { at, decisionId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

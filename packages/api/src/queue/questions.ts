import { waitingQuestions } from "@secondlook/db/queue/questions";
import { procedure } from "../core/trpc.ts";
import { questionsInput, questionsOutput } from "../schemas/oversight.ts";
import { shownEvents } from "./shown-events.ts";

const LIMIT = 100;

/** For leads: questions that wait for another lead's answer, the oldest first, without their text. */
export const questions = procedure
  .meta({ permission: "queue.oversee", records: ["queue.search"] })
  .input(questionsInput)
  .output(questionsOutput)
  .query(async ({ ctx, input }) => {
    const asked = { asker: ctx.staff, region: input.region, limit: LIMIT + 1 };
    const found = await waitingQuestions(ctx.deps.db, asked);
    const rows = found.slice(0, LIMIT);
    await ctx.recorder.read(shownEvents(rows, "questions"));
    return {
      rows: rows.map((row) => ({
        decisionId: row.decisionId,
        caseId: row.caseId,
        region: row.region,
        askedBy: row.askedBy,
        askedAt: row.askedAt.toISOString(),
        dueAt: row.dueAt.toISOString(),
        heldBy: row.holderName,
        leadsLeft: row.left,
      })),
      cut: found.length > LIMIT,
    };
  });

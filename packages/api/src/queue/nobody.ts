import { queueOverview } from "@secondlook/db/queue/overview";
import { whyNobodyOf } from "@secondlook/db/queue/why-nobody";
import { whyNobody } from "@secondlook/domain/queue/nobody";
import { procedure } from "../core/trpc.ts";
import { nobodyInput, nobodyOutput } from "../schemas/oversight.ts";
import { readCursor, writeCursor } from "./overview-cursor.ts";
import { rowView } from "./row-view.ts";
import { shownEvents } from "./shown-events.ts";

const PAGE = 50;

/**
 * For leads: cases that nobody may take, the longest waiting first, and why. Of one that the asker
 * could still judge, having only passed it on, the reason would tell the stage and is left out.
 */
export const nobody = procedure
  .meta({ permission: "queue.oversee", records: ["queue.search"] })
  .input(nobodyInput)
  .output(nobodyOutput)
  .query(async ({ ctx, input }) => {
    const { db } = ctx.deps;
    const order = "oldest";
    const found = await queueOverview(db, {
      asker: ctx.staff,
      region: input.region,
      order,
      onlyStuck: true,
      after: input.cursor === null ? null : readCursor(input.cursor, order),
      limit: PAGE + 1,
    });
    const rows = found.slice(0, PAGE);
    const told = rows.filter((row) => !row.mayJudge).map((row) => row.caseId);
    const whys = new Map(
      (told.length === 0 ? [] : await whyNobodyOf(db, told)).map((why) => [why.caseId, why]),
    );
    await ctx.recorder.read(shownEvents(rows, "nobody"));
    const now = ctx.deps.clock();
    const last = rows.at(-1);
    return {
      rows: rows.map((row) => {
        const { caseId, region, priority, dueAt, waitingSince, stage } = rowView(row, now);
        const why = whys.get(caseId);
        return {
          caseId,
          region,
          priority,
          dueAt,
          waitingSince,
          stage,
          why:
            why === undefined
              ? null
              : {
                  reason: whyNobody(why.cover),
                  languages: [...why.languages],
                  skills: [...why.skills],
                  kept: why.kept,
                },
        };
      }),
      nextCursor: found.length > PAGE && last !== undefined ? writeCursor(last, order) : null,
    };
  });

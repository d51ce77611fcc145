import { endOfToday } from "@secondlook/db/queue/ageing";
import { queueCounts, queueOverview } from "@secondlook/db/queue/overview";
import { stretchOfAge, stretchOfDue } from "@secondlook/domain/queue/bands";
import { procedure } from "../core/trpc.ts";
import { overviewInput, overviewOutput } from "../schemas/queue.ts";
import { readCursor, writeCursor } from "./overview-cursor.ts";
import { rowView } from "./row-view.ts";
import { shownEvents } from "./shown-events.ts";

const PAGE = 50;

/** For leads: what waits, who holds what, and what nobody is left for. */
export const overview = procedure
  .meta({ permission: "queue.oversee", records: ["queue.search"] })
  .input(overviewInput)
  .output(overviewOutput)
  .query(async ({ ctx, input }) => {
    const { db } = ctx.deps;
    const { age, due, order } = input;
    const now = ctx.deps.clock();
    const found = await queueOverview(db, {
      asker: ctx.staff,
      region: input.region,
      order,
      ...(age === null ? {} : { since: stretchOfAge(age, now) }),
      ...(due === null ? {} : { due: stretchOfDue(due, now, await endOfToday(db)) }),
      after: input.cursor === null ? null : readCursor(input.cursor, order),
      limit: PAGE + 1,
    });
    const rows = found.slice(0, PAGE);
    const { counts, oldestWaitingSince } = await queueCounts(db, ctx.staff);
    await ctx.recorder.read(shownEvents(rows));
    const last = rows.at(-1);
    return {
      counts,
      oldestWaitingSince: oldestWaitingSince?.toISOString() ?? null,
      rows: rows.map((row) => rowView(row, now)),
      nextCursor: found.length > PAGE && last !== undefined ? writeCursor(last, order) : null,
    };
  });

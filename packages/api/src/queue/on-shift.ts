import { onShift as findShift } from "@secondlook/db/queue/on-shift";
import { shiftState } from "@secondlook/domain/queue/shift";
import { IDLE_MINUTES } from "../core/sessions.ts";
import { procedure } from "../core/trpc.ts";
import { onShiftOutput } from "../schemas/oversight.ts";
import { shownEvents } from "./shown-events.ts";

/** A list of more people at work is no list to look at any more. */
const LIMIT = 200;

/** For leads: who is signed in to review, who is over which case since when, and who rests. */
export const onShift = procedure
  .meta({ permission: "queue.oversee", records: ["queue.search"] })
  .output(onShiftOutput)
  .query(async ({ ctx }) => {
    const found = await findShift(ctx.deps.db, { idleMinutes: IDLE_MINUTES, limit: LIMIT + 1 });
    const rows = found.slice(0, LIMIT);
    const held = rows.flatMap((row) => (row.held === null ? [] : [row.held]));
    await ctx.recorder.read(shownEvents(held, "on_shift"));
    const now = ctx.deps.clock().getTime();
    return {
      cut: found.length > LIMIT,
      people: rows.map((row) => ({
        staffId: row.staffId,
        displayName: row.displayName,
        role: row.role,
        isYou: row.staffId === ctx.staff.id,
        state: shiftState({
          heldSince: row.held?.since.getTime() ?? null,
          lastActive: row.lastActive?.getTime() ?? null,
          measured: row.measured,
          paused: row.paused,
          now,
        }),
        seenAt: row.seenAt?.toISOString() ?? null,
        holds:
          row.held === null
            ? null
            : {
                caseId: row.held.caseId,
                region: row.held.region,
                since: row.held.since.toISOString(),
                until: row.held.until.toISOString(),
              },
      })),
    };
  });

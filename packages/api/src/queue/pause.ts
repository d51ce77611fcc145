import { lockClaimer } from "@secondlook/db/queue/claimer";
import { setPaused } from "@secondlook/db/staff/sessions";
import { procedure } from "../core/trpc.ts";
import { doneOutput } from "../schemas/queue.ts";
import { endLeasesOf } from "./end-leases.ts";

/** Gives back everything that one holds; the next claim goes on. */
export const pause = procedure
  .meta({
    permission: "queue.claim",
    records: { none: "shows nothing; each lease that it ends is recorded as case.release" },
  })
  .output(doneOutput)
  .mutation(async ({ ctx }) => {
    await ctx.recorder.transaction(async (tx, record) => {
      // A claim that is under way finishes first, so that it leaves nothing behind.
      await lockClaimer(tx, ctx.staff.id);
      await endLeasesOf(tx, record, { staffId: ctx.staff.id, reason: "pause" });
      await setPaused(tx, ctx.staff.sessionId, true);
    });
    return { done: true as const };
  });

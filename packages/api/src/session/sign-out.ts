import { lockClaimer } from "@secondlook/db/queue/claimer";
import { endSession } from "@secondlook/db/staff/sign-in";
import { procedure } from "../core/trpc.ts";
import { endLeasesOf } from "../queue/end-leases.ts";
import { doneOutput } from "../schemas/queue.ts";

/** Ends the session and its leases; drafts stay. The browser forgets what it had of the site. */
export const signOut = procedure
  .meta({ permission: "self.read", records: ["session.end"] })
  .output(doneOutput)
  .mutation(async ({ ctx }) => {
    await ctx.recorder.transaction(async (tx, record) => {
      // A claim that is under way finishes first, so that it leaves no lease behind.
      await lockClaimer(tx, ctx.staff.id);
      await endLeasesOf(tx, record, { staffId: ctx.staff.id, reason: "sign_out" });
      await endSession(tx, ctx.staff.sessionId);
      await record({ kind: "session.end", outcome: "allowed", reason: "signed_out" });
    });
    ctx.deps.session.write(ctx.responseHeaders, null, ctx.deps.clock());
    ctx.responseHeaders.set("clear-site-data", '"cache", "cookies", "storage"');
    return { done: true as const };
  });

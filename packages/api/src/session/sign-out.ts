import { endSession } from "@secondlook/db/staff/sign-in";
import { procedure } from "../core/trpc.ts";
import { doneOutput } from "../schemas/queue.ts";

/** Ends the session and its leases; drafts stay. The browser forgets what it had of the site. */
export const signOut = procedure
  .meta({ permission: "self.read", records: ["session.end"] })
  .output(doneOutput)
  .mutation(async ({ ctx }) => {
    await ctx.recorder.transaction(async (tx, record) => {
      await endSession(tx, ctx.staff.sessionId);
      await record({ kind: "session.end", outcome: "allowed", reason: "signed_out" });
    });
    ctx.deps.session.write(ctx.responseHeaders, null, ctx.deps.clock());
    ctx.responseHeaders.set("clear-site-data", '"cache", "cookies", "storage"');
    return { done: true as const };
  });

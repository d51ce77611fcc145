import { keepPreferences } from "@secondlook/db/staff/preferences";
import { procedure } from "../core/trpc.ts";
import { doneOutput } from "../schemas/queue.ts";
import { preferencesSchema } from "../schemas/session.ts";

/** Keeps one's own keys, and that one had the tour. */
export const savePreferences = procedure
  .meta({
    permission: "self.read",
    records: { none: "one's own keys and the like, nothing about a person under review" },
  })
  .input(preferencesSchema)
  .output(doneOutput)
  .mutation(async ({ ctx, input }) => {
    await keepPreferences(ctx.deps.db, { staffId: ctx.staff.id, content: input });
    return { done: true as const };
  });

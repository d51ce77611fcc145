import { releaseRound } from "@secondlook/db/queue/release";
import { lostLease } from "../core/lost-lease.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { doneOutput, releaseInput } from "../schemas/queue.ts";
import { endEvents, recordAll } from "./lease-events.ts";

/** Gives a case back for a reason; what was sealed and drafted stays. */
export const release = procedure
  .meta({ permission: "queue.claim", records: ["case.release"] })
  .input(releaseInput)
  .output(doneOutput)
  .mutation(async ({ ctx, input }) => {
    const { caseId, fence, reason } = input;
    const until = input.until === null ? null : new Date(input.until);
    if (reason === "snooze" && (until === null || until <= ctx.deps.clock())) {
      throw new Refusal("invalid_input", "Say until when the case should wait, a time to come.");
    }
    if (reason !== "snooze" && until !== null) {
      throw new Refusal("invalid_input", "Only a snoozed case waits until a certain time.");
    }
    const staffId = ctx.staff.id;
    await ctx.recorder.transaction(async (tx, record) => {
      const ended = await releaseRound(tx, { caseId, fence, staffId, reason, until });
      if (ended === undefined) throw await lostLease(tx, { caseId, fence, staffId });
      const events = endEvents([ended], { staffId, reason });
      await recordAll(
        record,
        reason === "snooze"
          ? events.map((event) => ({ ...event, until: ended.claimableAt.toISOString() }))
          : events,
      );
    });
    return { done: true as const };
  });

import { openReserved } from "@secondlook/db/queue/grant";
import { type HeldRound, type OwnLeases, ownLeases } from "@secondlook/db/queue/lease";
import { endLeases } from "@secondlook/db/queue/release";
import { retakeRound } from "@secondlook/db/queue/retake";
import { setPaused } from "@secondlook/db/staff/sessions";
import type { Database } from "@secondlook/db/database";
import type { Claimer } from "@secondlook/db/queue/claimer";
import type { RecordInTransaction } from "../core/recorder.ts";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";
import { retakeInput } from "../schemas/queue.ts";
import { claimResultSchema } from "../schemas/work.ts";
import { insistClaimer } from "./claim-next.ts";
import { claimResultOf } from "./claim-result.ts";
import { claimEvents, endEvents, openEvent, recordAll } from "./lease-events.ts";

/** Takes a case back whose lease was lost, if it is free; one's seals and draft are still there. */
export const retake = procedure
  .meta({ permission: "queue.claim", records: ["case.open"] })
  .input(retakeInput)
  .output(claimResultSchema)
  .mutation(async ({ ctx, input }) => {
    const staffId = ctx.staff.id;
    const leases = await ctx.recorder.transaction(async (tx, record) => {
      const claimer = await insistClaimer(tx, staffId);
      if (ctx.staff.paused === true) await setPaused(tx, ctx.staff.sessionId, false);
      const held = await ownLeases(tx, staffId);
      const active = await takeBack(tx, record, { claimer, held, caseId: input.caseId });
      const reserved = held.reserved?.caseId === input.caseId ? undefined : held.reserved;
      return { active, reserved };
    });
    return claimResultOf(ctx.deps, staffId, leases);
  });

async function takeBack(
  tx: Database,
  record: RecordInTransaction,
  of: {
    readonly claimer: Claimer;
    readonly held: OwnLeases;
    readonly caseId: string;
  },
): Promise<HeldRound> {
  const { caseId, claimer, held } = of;
  if (held.active?.caseId === caseId) {
    await record(openEvent(held.active, "resume"));
    return held.active;
  }
  if (held.active !== undefined) {
    throw new Refusal(
      "conflict",
      "You have another case open. Decide it or give it back, then take this one again.",
    );
  }
  const over = await endLeases(tx, { staffId: claimer.id, which: "ran_out", but: caseId });
  await recordAll(record, endEvents(over, { staffId: claimer.id, reason: "ran_out" }));
  if (held.reserved?.caseId === caseId) {
    const opened = await openReserved(tx, claimer.id);
    if (opened !== undefined) {
      await record(openEvent(opened));
      return opened;
    }
  }
  const retaken = await retakeRound(tx, { caseId, staff: claimer });
  if (retaken === undefined) {
    throw new Refusal(
      "lease_lost",
      "Another reviewer has this case now, or it is done. Nothing you wrote is lost; go on with the next case.",
    );
  }
  await recordAll(record, claimEvents(retaken, "retake"));
  return retaken.held;
}

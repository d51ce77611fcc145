import { noteActivity, renewLease } from "@secondlook/db/queue/heartbeat";
import { isRetakable } from "@secondlook/db/queue/retake";
import { whyCancelled } from "@secondlook/db/upstream/cancelled-lease";
import type { z } from "zod";
import { procedure } from "../core/trpc.ts";
import { heartbeatInput, heartbeatOutput } from "../schemas/queue.ts";

type LeaseState = z.output<typeof heartbeatOutput>["leases"][number];

/** Keeps one's leases alive, and says at once which are lost. */
export const heartbeat = procedure
  .meta({
    permission: "queue.claim",
    records: { none: "only how long one's own leases last; their beginning and end are recorded" },
  })
  .input(heartbeatInput)
  .output(heartbeatOutput)
  .mutation(async ({ ctx, input }) => {
    const { db } = ctx.deps;
    const leases: LeaseState[] = [];
    let measured = false;
    for (const lease of input.leases) {
      const claim = { ...lease, staffId: ctx.staff.id };
      const beat = await renewLease(db, claim);
      measured ||= beat?.measured === true;
      leases.push(
        beat === undefined
          ? {
              state: "lost",
              caseId: lease.caseId,
              free: await isRetakable(db, { caseId: lease.caseId, staff: ctx.staff }),
              why: (await whyCancelled(db, claim)) ?? null,
            }
          : {
              state: "held",
              caseId: lease.caseId,
              leaseUntil: beat.leaseUntil.toISOString(),
              hardUntil: beat.hardUntil?.toISOString() ?? null,
            },
      );
    }
    if (input.active && measured) await noteActivity(db, ctx.staff.id);
    return { leases };
  });

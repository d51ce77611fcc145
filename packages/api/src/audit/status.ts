import { z } from "zod";
import { Refusal } from "../core/refusal.ts";
import { procedure } from "../core/trpc.ts";

/** Past it somebody should look: a sequencer that works takes a tenth of a second. */
const HEALTHY_SECONDS = 5;

const logStatusOutput = z.object({
  /** Events under a signed head. */
  size: z.int(),
  /** Null before the first signed head. */
  headAgeSeconds: z.number().nullable(),
  /** How long the oldest event without a position has waited; 0 where none waits. */
  oldestUnsequencedSeconds: z.number(),
  healthy: z.boolean(),
});

/** How the log stands. */
export const status = procedure
  .meta({
    permission: "audit.status",
    records: { none: "figures about the log itself, nothing about a person or a case" },
  })
  .output(logStatusOutput)
  .query(async ({ ctx }) => {
    const { deps } = ctx;
    const known = await deps.logStatus.read().catch((cause: unknown) => {
      deps.log.error({}, "the log's state could not be read", cause);
      throw new Refusal(
        "log_unavailable",
        "How the log stands can't be told now; try again in a minute.",
        { cause },
      );
    });
    return { ...known, healthy: known.oldestUnsequencedSeconds <= HEALTHY_SECONDS };
  });

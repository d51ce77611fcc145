import { z } from "zod";
import { caseIdSchema } from "./work.ts";

/** What is told live. Nothing of a person under review, and no stage or round of any case. */
export const liveSchema = z.object({
  /** One's own leases; one that is missing is lost. */
  leases: z.array(z.object({ caseId: caseIdSchema, fence: z.int() })),
  /** For those who judge. */
  queue: z
    .object({
      /** All that waits or is worked on, up to a thousand. */
      waiting: z.int(),
      /** A case of a higher priority than one's own could be claimed. */
      urgent: z.boolean(),
    })
    .nullable(),
  /** For leads: who is in which case. */
  holders: z.array(z.object({ caseId: caseIdSchema, displayName: z.string() })).nullable(),
});
export type LiveSnapshot = z.infer<typeof liveSchema>;

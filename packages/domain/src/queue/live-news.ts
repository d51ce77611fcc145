import * as z from "zod/mini";

const caseId = z.templateLiteral(["cas_", z.string().check(z.regex(/^[0-9A-Za-z]{1,26}$/))]);

/**
 * What is told live. Nothing of a person under review, and no stage or round of any case. It stands
 * here because both ends parse it, what leaves the server and what the console believes; and in
 * `zod/mini`, since the console needs it before anything else.
 */
export const liveSchema = z.object({
  /** One's own leases; one that is missing is lost. */
  leases: z.array(z.object({ caseId, fence: z.int() })),
  /** For those who judge. */
  queue: z.nullable(
    z.object({
      /** All that waits or is worked on, up to a thousand. */
      waiting: z.int(),
      /** A case of a higher priority than one's own could be claimed. */
      urgent: z.boolean(),
    }),
  ),
  /** For leads: who is in which case. */
  holders: z.nullable(z.array(z.object({ caseId, displayName: z.string() }))),
  /** For leads: the queue by region, only regions in which something is open. */
  strip: z.nullable(
    z.array(
      z.object({
        region: z.string(),
        /** Not being worked on now. */
        waiting: z.int(),
        beingWorked: z.int(),
        /** Of both, what is due within the hour, and what is late. */
        dueSoon: z.int(),
        overdue: z.int(),
        /** Since when the case waits that waits longest; null where none does. */
        oldestSince: z.nullable(z.iso.datetime()),
      }),
    ),
  ),
});
export type LiveNews = z.infer<typeof liveSchema>;

import { z } from "zod";
import { CANCEL_REASONS } from "@secondlook/domain/queue/cancelled";
import { AGE_BANDS, DUE_BANDS, OVERVIEW_ORDERS } from "@secondlook/domain/queue/bands";
import { RELEASE_REASONS } from "@secondlook/domain/queue/lease";
import { plainText } from "./text.ts";
import { caseIdSchema, leaseRefSchema } from "./work.ts";

export const heartbeatInput = z.strictObject({
  leases: z.array(leaseRefSchema).min(1).max(2),
  /** Whether the person did something since the last one. */
  active: z.boolean(),
});
export const heartbeatOutput = z.object({
  leases: z.array(
    z.discriminatedUnion("state", [
      z.object({
        state: z.literal("held"),
        caseId: caseIdSchema,
        leaseUntil: z.iso.datetime(),
        hardUntil: z.iso.datetime().nullable(),
      }),
      /**
       * `free`: nobody has it and it may be retaken; else another reviewer has it, or it is done.
       * `why`: what of upstream or of a lead ended it, where that is so.
       */
      z.object({
        state: z.literal("lost"),
        caseId: caseIdSchema,
        free: z.boolean(),
        why: z.enum(CANCEL_REASONS).nullable(),
      }),
    ]),
  ),
});

export const retakeInput = z.strictObject({ caseId: caseIdSchema });

export const releaseInput = leaseRefSchema.extend({
  reason: z.enum(RELEASE_REASONS),
  /** Only with `snooze`: not before then. */
  until: z.iso.datetime({ offset: true }).nullable(),
});

/** For leads: what waits and who holds what. No stage of a case that the asker may still judge. */
export const overviewInput = z.strictObject({
  region: plainText(6).nullable(),
  /** Only what has waited so long, as the asker is told, and is due so soon. */
  age: z.enum(AGE_BANDS).nullable().default(null),
  due: z.enum(DUE_BANDS).nullable().default(null),
  order: z.enum(OVERVIEW_ORDERS).default("priority"),
  cursor: plainText(200).nullable(),
});
export const overviewOutput = z.object({
  /** Of the whole queue, whatever region is asked for: those of one could tell a case's stage. */
  counts: z.object({
    /** All that waits or is worked on, whatever its stage. */
    waiting: z.int(),
    /** By stage, only cases that the asker can't judge any more. */
    first: z.int(),
    second: z.int(),
    adjudication: z.int(),
    awaitingCapture: z.int(),
    beingWorked: z.int(),
    overdue: z.int(),
  }),
  oldestWaitingSince: z.iso.datetime().nullable(),
  rows: z.array(
    z.object({
      caseId: caseIdSchema,
      region: z.string(),
      priority: z.enum(["urgent", "high", "normal", "low"]),
      dueAt: z.iso.datetime(),
      waitingSince: z.iso.datetime(),
      claimableAt: z.iso.datetime(),
      /** Null where the asker may still judge the case. */
      stage: z.enum(["first", "second", "adjudication"]).nullable(),
      heldBy: z.object({ displayName: z.string(), until: z.iso.datetime() }).nullable(),
      /** For whom a lead keeps it; null where the asker may still judge the case. */
      keptFor: z.object({ displayName: z.string(), until: z.iso.datetime() }).nullable(),
      /** Nobody who is eligible is left: a lead has to act. */
      nobodyEligible: z.boolean(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const doneOutput = z.object({ done: z.literal(true) });

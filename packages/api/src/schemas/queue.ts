import { z } from "zod";
import { STAFF_ROLES } from "@secondlook/domain/access/roles";
import { PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import { CANCEL_REASONS } from "@secondlook/domain/queue/cancelled";
import { RELEASE_REASONS } from "@secondlook/domain/queue/lease";
import {
  KEEP_MINUTES,
  MAX_ROUTED,
  ROUTE_REASONS,
  ROUTE_RESULTS,
} from "@secondlook/domain/queue/route";
import { plainText } from "./text.ts";
import { caseIdSchema, leaseRefSchema, staffIdSchema } from "./work.ts";

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
      /** Nobody who is eligible is left: a lead has to act. */
      nobodyEligible: z.boolean(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const routedCase = z.strictObject({
  caseId: caseIdSchema,
  /** As the list showed it: what has changed since is left alone. */
  priority: z.enum(PRIORITIES),
  held: z.boolean(),
});

/** What a lead does with where cases go; each case for itself, all of it or nothing. */
export const routeInput = z.strictObject({
  act: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("assign"),
      to: staffIdSchema,
      minutes: z.literal(KEEP_MINUTES),
    }),
    z.strictObject({ kind: z.literal("release") }),
    z.strictObject({ kind: z.literal("put_back") }),
    z.strictObject({ kind: z.literal("priority"), to: z.enum(PRIORITIES) }),
  ]),
  reason: z.enum(ROUTE_REASONS),
  cases: z
    .array(routedCase)
    .min(1)
    .max(MAX_ROUTED)
    .refine((cases) => new Set(cases.map(({ caseId }) => caseId)).size === cases.length, {
      error: "names a case twice",
    }),
});
export const routeOutput = z.object({
  results: z.array(z.object({ caseId: caseIdSchema, result: z.enum(ROUTE_RESULTS) })),
});

/** Whom a case may be given to. */
export const assigneesOutput = z.object({
  people: z.array(
    z.object({
      staffId: staffIdSchema,
      displayName: z.string(),
      role: z.enum(STAFF_ROLES),
      regions: z.array(z.string()).nullable(),
      languages: z.array(z.string()).nullable(),
      skills: z.array(z.string()),
    }),
  ),
});

export const doneOutput = z.object({ done: z.literal(true) });

import { z } from "zod";
import { STAFF_ROLES } from "@secondlook/domain/access/roles";
import { PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import {
  KEEP_MINUTES,
  MAX_ROUTED,
  ROUTE_REASONS,
  ROUTE_RESULTS,
} from "@secondlook/domain/queue/route";
import { caseIdSchema, staffIdSchema } from "./work.ts";

const routedCase = z.strictObject({
  caseId: caseIdSchema,
  /** As the list showed it: what has changed since is left alone. */
  priority: z.enum(PRIORITIES),
  held: z.boolean(),
  kept: z.boolean(),
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

import { isId } from "@secondlook/domain/ids";
import type { Id } from "@secondlook/domain/ids";
import { DEFINITIONS, type DefinitionKey } from "@secondlook/domain/insights/definitions";
import { z } from "zod";
import { isPostgresYear, plainText } from "./text.ts";

export const day = z.iso.date().refine(isPostgresYear);
export const actorId = z.custom<Id<"actor">>(
  (value) => typeof value === "string" && isId("actor", value),
);
export const model = z.object({ provider: plainText(64), version: plainText(64) });

/** A share with its 95 % interval, all from 0 to 1; or why it is held back. */
export const share = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("known"),
    numerator: z.number(),
    denominator: z.number(),
    value: z.number(),
    interval: z.object({ low: z.number(), high: z.number() }),
  }),
  z.object({ state: z.literal("held_back"), reason: z.enum(["nothing", "under_30"]) }),
]);
/** Seconds, within 6.1 %. */
export const percentiles = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("known"),
    count: z.number(),
    p50: z.number(),
    p90: z.number(),
    p95: z.number(),
  }),
  z.object({ state: z.literal("held_back"), reason: z.enum(["nothing", "under_30"]) }),
]);
export const coefficient = z.discriminatedUnion("state", [
  z.object({ state: z.literal("defined"), value: z.number() }),
  z.object({
    state: z.literal("not_defined"),
    reason: z.enum(["nothing", "one_category", "under_30"]),
  }),
]);
export const definitions = z.partialRecord(
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant
  z.enum(Object.keys(DEFINITIONS) as [DefinitionKey, ...DefinitionKey[]]),
  z.object({
    title: z.string(),
    meaning: z.string(),
    numerator: z.string(),
    denominator: z.string(),
    exclusions: z.string(),
    source: z.string().nullable(),
  }),
);

export const about = {
  timeZone: z.string(),
  from: day,
  to: day,
  asOf: z.iso.datetime(),
  /** Everything that had happened until then is in the figures. */
  currentTo: z.iso.datetime().nullable(),
};
export const measured = {
  /** `calendar_days`: policy measures no activity, so throughput is by person and day. */
  throughputBy: z.enum(["active_hours", "calendar_days"]),
  /** What is measured of staff, as a sentence for the page. */
  notice: z.string(),
};
export const dayFigures = z.object({
  day,
  decisions: z.number(),
  people: z.number(),
  activeHours: z.number().nullable(),
  arrivals: z.number(),
  completed: z.number(),
  /** Geometric mean of handle times; null where fewer than 30 were measured. */
  typicalSeconds: z.number().nullable(),
  sla: share,
});
export const workFigures = {
  decisions: z.number(),
  personDays: z.number(),
  activeHours: z.number().nullable(),
  perActiveHour: z.number().nullable(),
  perPersonDay: z.number().nullable(),
  handle: percentiles,
};
export const ownFigures = {
  ownOverride: share,
  /** Decisions without a recommendation or an answer. */
  excluded: z.number(),
  shift: share,
  toward: share,
  away: share,
  agreement: share,
};
export const overrideRow = z.object({
  /** Names the cell in marks. */
  id: z.string(),
  provider: z.string().nullable(),
  version: z.string().nullable(),
  region: z.string().nullable(),
  policy: z.int().nullable(),
  /** Number of the score band with its edges; -1 where no score is disclosed. */
  band: z
    .object({ band: z.int(), from: z.number().nullable(), to: z.number().nullable() })
    .nullable(),
  cases: z.number(),
  override: share,
  cleared: share,
  caught: share,
  confirmed: share,
  sla: share,
});

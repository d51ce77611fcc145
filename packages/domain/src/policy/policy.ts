import { z } from "zod";
import { OUTCOMES } from "../decisions/outcome.ts";
import { REOPENERS } from "../cases/upstream.ts";
import { REASON_CODES } from "../decisions/reasons.ts";

const minutes = z
  .int()
  .min(1)
  .max(60 * 24 * 90);

const thresholdSchema = z.strictObject({
  provider: z.string().min(1).max(64),
  /** A model's version, or `*` for every other one. */
  modelVersion: z.string().min(1).max(64),
  /** Candidates below it are not shown; 0–100 after normalising. */
  minimum: z.number().min(0).max(100),
});

/** The rules that a region may set for itself. */
const settingsSchema = z.strictObject({
  thresholds: z.array(thresholdSchema).max(50),
  blindJudging: z.boolean(),
  /** Whether names, attributes and shared signals open only after the seal. */
  attributesAfterSeal: z.boolean(),
  secondRoundOutcomes: z.array(z.enum(OUTCOMES)),
  /** Share of the other outcomes that gets a second round too, 0 to 1. */
  secondRoundSampleRate: z.number().min(0).max(1),
  undoSeconds: z.int().min(0).max(600),
  leaseSeconds: z.int().min(30).max(900),
  heartbeatSeconds: z.int().min(5).max(300),
  hardCapMinutes: z.int().min(5).max(240),
  hardCapWarningMinutes: z.int().min(1).max(60),
  minimumViewSeconds: z.number().min(0).max(60),
  slaMinutes: z.strictObject({ urgent: minutes, high: minutes, normal: minutes, low: minutes }),
  reasonCodes: z.partialRecord(z.enum(OUTCOMES), z.array(z.enum(REASON_CODES)).min(1)),
  /** Rationales to take over with a key, by reason; where a reason has none, ours are offered. */
  rationales: z
    .partialRecord(z.enum(REASON_CODES), z.array(z.string().min(1).max(500)).max(5))
    .optional(),
  legalBasis: z.string().min(1).max(64),
  noticeVersion: z.string().min(1).max(64),
  retentionDays: z.strictObject({
    id_photo: z.int().min(1),
    profile_photo: z.int().min(1),
    face_clip: z.int().min(1),
  }),
  measureActivity: z.boolean(),
  /** Which news from upstream reopens a settled case; else it is kept beside the case. */
  reopenSettledOn: z.array(z.enum(REOPENERS)),
});

/** Documents of before it was a setting have it too; regions set only what they say. */
const baseSchema = settingsSchema.extend({
  reopenSettledOn: settingsSchema.shape.reopenSettledOn.default([...REOPENERS]),
});

/** The versioned rules in force: a base, and what regions (ISO 3166-1 or -2) set otherwise. */
export const policySchema = z.strictObject({
  base: baseSchema,
  regions: z.record(z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/), settingsSchema.partial()),
});

export type PolicyDocument = z.infer<typeof policySchema>;
export type PolicySettings = z.infer<typeof settingsSchema>;

/** The settings in force for a region: the subdivision's, else the country's, else the base's. */
export function settingsFor(policy: PolicyDocument, region: string): PolicySettings {
  const country = region.split("-")[0] ?? region;
  const settings = { ...policy.base, ...policy.regions[country], ...policy.regions[region] };
  return settingsSchema.parse(settings);
}

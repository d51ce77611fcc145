import { CASE_FIGURES } from "@secondlook/db/insights/counted-cases";
import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { daysBetween } from "@secondlook/domain/insights/reporting-day";
import { z } from "zod";
import {
  about,
  actorId,
  coefficient,
  day,
  dayFigures,
  definitions,
  measured,
  model,
  overrideRow,
  ownFigures,
  percentiles,
  share,
  workFigures,
} from "./insights-parts.ts";
import { plainText } from "./text.ts";

const LONGEST_DAYS = 731;

const dates = {
  /** Both included; null for the last 28 days. */
  from: day.nullable(),
  to: day.nullable(),
};
const inOrder = ({ from, to }: { from: string | null; to: string | null }): boolean =>
  (from === null) === (to === null) &&
  (from === null || to === null || (from <= to && daysBetween(from, to) < LONGEST_DAYS));

export const filterSchema = z
  .strictObject({
    ...dates,
    /** ISO 3166-1 or -2; a country takes in its subdivisions. */
    region: plainText(6).nullable(),
    model: z.strictObject(model.shape).nullable(),
    policy: z.int().min(1).max(2_147_483_647).nullable(),
    reviewer: actorId.nullable(),
  })
  .refine(inOrder);
export type FilterInput = z.output<typeof filterSchema>;

export const backlogInput = z.strictObject({ region: plainText(6).nullable() });
export const meInput = z.strictObject(dates).refine(inOrder);
const caseList = {
  figure: z.enum(CASE_FIGURES),
  /** The outcome, the outcome and reason with a space between, or the number of the score band, where the figure has one. */
  detail: plainText(64).nullable(),
  /** Of a share: all cases that it is a share of, instead of those that it counts. */
  whole: z.boolean(),
  cursor: plainText(200).nullable(),
};
export const casesInput = z.strictObject({ filter: filterSchema, ...caseList });
export const myCasesInput = z.strictObject({ ...dates, ...caseList }).refine(inOrder);

const SECTIONS = [
  "days",
  "people",
  "model",
  "region",
  "policy",
  "band",
  "model_region",
  "outcomes",
  "reasons",
  "agreement",
  "marks",
] as const;
export const csvInput = z.strictObject({ filter: filterSchema, section: z.enum(SECTIONS) });
export const csvOutput = z.object({ fileName: z.string(), text: z.string() });

export const whatIfInput = z
  .strictObject({
    ...dates,
    region: plainText(6),
    model: z.strictObject(model.shape),
    threshold: z.number().min(0).max(100),
    /** Wanted half width of a sample's share, 0.001 to 0.5. */
    precision: z.number().min(0.001).max(0.5),
  })
  .refine(inOrder);

export const overviewOutput = z.object({
  ...about,
  ...measured,
  /** The filter crosses what no rollup holds: added up from single decisions, up to 2 s. */
  crossing: z.boolean(),
  options: z.object({
    regions: z.array(z.string()),
    models: z.array(model),
    policies: z.array(z.int()),
    reviewers: z.array(z.object({ id: actorId, name: z.string() })),
  }),
  /** Days whose figures changed after they had been counted. */
  corrections: z.array(z.object({ day, decisions: z.number(), at: z.iso.datetime() })),
  throughput: z.object(workFigures),
  handleByRegion: z.array(z.object({ region: z.string(), handle: percentiles })),
  days: z.array(dayFigures),
  people: z.array(z.object({ id: actorId, name: z.string(), ...workFigures, ...ownFigures })),
  sla: share,
  override: z.object({
    all: share,
    cleared: share,
    caught: share,
    excluded: z.object({ noRecommendation: z.number(), unresolved: z.number() }),
    byModel: z.array(overrideRow),
    byRegion: z.array(overrideRow),
    byPolicy: z.array(overrideRow),
    /** Also the reliability curve: `confirmed` by band. */
    byBand: z.array(overrideRow),
    byModelAndRegion: z.array(overrideRow),
  }),
  /** Thresholds that providers were asked for; null where they disclose none. */
  thresholds: z.array(
    z.object({
      provider: z.string(),
      version: z.string(),
      region: z.string(),
      threshold: z.number().nullable(),
    }),
  ),
  shift: z.object({ amended: share, toward: share, away: share }),
  agreement: z.object({
    raw: share,
    kappa: coefficient,
    ac1: coefficient,
    alpha: coefficient,
    /** Empty under 30 pairs. */
    pairs: z.array(
      z.object({ first: z.enum(OUTCOMES), second: z.enum(OUTCOMES), count: z.number() }),
    ),
  }),
  outcomes: z.array(z.object({ outcome: z.enum(OUTCOMES), share })),
  reasons: z.array(z.object({ outcome: z.enum(OUTCOMES), reason: z.string(), share })),
  /** Cells that differ from the others, the clearest first; of shares from 0 to 1, else seconds or cases a day. */
  marks: z.array(
    z.object({
      figure: z.enum(["cleared", "caught", "own_override", "toward", "arrivals", "handle"]),
      dimension: z.enum([
        "model_region",
        "model",
        "region",
        "policy",
        "reviewer",
        "weekday",
        "week",
      ]),
      /** An override row's id, a person's id, a weekday (0 is Monday) or a week's Monday. */
      cell: z.string(),
      direction: z.enum(["higher", "lower"]),
      value: z.number(),
      reference: z.number(),
      p: z.number(),
    }),
  ),
  definitions,
});

const range = z.object({ expected: z.number(), low: z.number(), high: z.number() });
const dayRange = range.extend({ day });
export const backlogOutput = z.object({
  asOf: z.iso.datetime(),
  timeZone: z.string(),
  waiting: z.number(),
  overdue: z.number(),
  /** Of the whole queue; stages only of cases that the asker can't judge any more. */
  stages: z
    .object({
      first: z.number(),
      second: z.number(),
      adjudication: z.number(),
      awaitingCapture: z.number(),
      beingWorked: z.number(),
    })
    .nullable(),
  /** From when they could be claimed, or, with few, from when they came in. */
  ageFrom: z.enum(["claimable", "received"]),
  ages: z.array(
    z.object({ fromHours: z.number(), toHours: z.number().nullable(), count: z.number() }),
  ),
  firstBreach: z.discriminatedUnion("state", [
    z.object({ state: z.literal("late_already"), late: z.number() }),
    z.object({
      state: z.literal("forecast"),
      expected: z.iso.datetime().nullable(),
      earliest: z.iso.datetime().nullable(),
      latest: z.iso.datetime().nullable(),
    }),
    z.object({ state: z.literal("no_rate") }),
  ]),
  completionsPerHour: range.nullable(),
  history: z.array(z.object({ day, arrivals: z.number(), completed: z.number() })),
  /** Null under three whole weeks of history. */
  forecast: z
    .object({
      arrivals: z.array(dayRange),
      completions: z.array(dayRange),
      backlog: z.array(dayRange),
    })
    .nullable(),
  definitions,
});

export const casesOutput = z.object({
  rows: z.array(
    z.object({
      decisionId: z.string(),
      caseId: z.string(),
      region: z.string(),
      decidedAt: z.iso.datetime(),
      outcome: z.enum(OUTCOMES),
      /** By name, for leads. */
      reviewer: z.object({ id: actorId, name: z.string() }),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const whatIfOutput = z.object({
  ...about,
  /** The band's edge at or below what was asked for. */
  threshold: z.number(),
  cases: z.object({ reviewed: z.number(), stay: z.number(), undisclosed: z.number() }),
  missed: share,
  hours: z.object({ reviewed: z.number(), stay: z.number() }).nullable(),
  knownFrom: z.number().nullable(),
  /** Edges that the threshold can be moved to. */
  edges: z.array(z.number()),
  sample: z.object({ precision: z.number(), anyShare: z.number(), ifNone: z.number() }),
  /** What can't be known, in words. */
  unknown: z.string(),
  definitions,
});

export const meOutput = z.object({
  ...about,
  ...measured,
  ...workFigures,
  ...ownFigures,
  days: z.array(dayFigures.omit({ arrivals: true, completed: true, people: true })),
  definitions,
});

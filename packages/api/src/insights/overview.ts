import type { Database } from "@secondlook/db/database";
import { filterOptions } from "@secondlook/db/insights/filter-options";
import { type FigureFilter, isCrossing } from "@secondlook/db/insights/figure-source";
import { arrivalDays, corrections } from "@secondlook/db/insights/live-figures";
import { machineCells, outcomeReasons, roundPairs } from "@secondlook/db/insights/machine-figures";
import { reviewerWork } from "@secondlook/db/insights/reviewer-figures";
import { currentPolicy } from "@secondlook/db/policy/current-policy";
import { staffNames } from "@secondlook/db/staff/names";
import { merge } from "@secondlook/domain/insights/histogram";
import { reportingDay } from "@secondlook/domain/insights/reporting-day";
import { shareOf } from "@secondlook/domain/insights/share";
import { settingsFor } from "@secondlook/domain/policy/policy";
import type { z } from "zod";
import { procedure } from "../core/trpc.ts";
import { type FilterInput, filterSchema, overviewOutput } from "../schemas/insights.ts";
import { agreementOf } from "./agreement-figures.ts";
import { marksOf } from "./page-marks.ts";
import { rowsBy, sharesOf, thresholdsOf } from "./override-figures.ts";
import { define, queryEvent, readFigures, resolve } from "./reading.ts";
import {
  measuredBy,
  ownFiguresOf,
  percentilesOf,
  throughputOf,
  total,
  workByDay,
} from "./work-figures.ts";

export type Overview = z.input<typeof overviewOutput>;

/** The page of figures, for leads: people by name. */
export const overview = procedure
  .meta({ permission: "insights.read", records: ["insights.query"] })
  .input(filterSchema)
  .output(overviewOutput)
  .query(async ({ ctx, input }) => {
    const answer = await readOverview(ctx.deps.db, input, ctx.deps.clock());
    await ctx.recorder.read([
      queryEvent("overview", input, input.reviewer === null ? {} : { user: input.reviewer }),
    ]);
    return answer;
  });

/** All figures of the page, in one snapshot. */
export async function readOverview(db: Database, input: FilterInput, now: Date): Promise<Overview> {
  return readFigures(db, async (tx, progress) => {
    const { filter, about } = resolve(input, progress, now);
    return { ...about, ...(await figures(tx, filter, reportingDay(now, progress.timeZone))) };
  });
}

/** “Person 9” before “Person 10”. */
const byName = new Intl.Collator("en", { numeric: true });

async function figures(tx: Database, filter: FigureFilter, today: string) {
  const { cells, days, worked, histograms } = await reviewerWork(tx, filter);
  const machine = await machineCells(tx, filter);
  const pairs = await roundPairs(tx, filter);
  const reasons = await outcomeReasons(tx, filter);
  const arrived = await arrivalDays(tx, filter);
  const options = await filterOptions(tx, filter);
  const names = await staffNames(tx, [
    ...options.reviewers,
    ...cells.map(({ staff_id }) => staff_id),
  ]);
  const policy = await currentPolicy(tx);
  const nameOf = (id: string): string => names.get(id) ?? "unknown";
  const arrivals = new Map(arrived.map(({ day, count }) => [day, count]));
  const everyDay = workByDay(days, filter, today).map((each) => ({
    ...each,
    arrivals: arrivals.get(each.day) ?? 0,
  }));
  const daysOf = new Map<string, number>(worked.map((row) => [row.staff_id, row.days]));
  const histOf = Map.groupBy(histograms, ({ staff_id }) => staff_id);
  const cases = total(reasons, (row) => (row.reason === "" ? row.n : 0));
  return {
    ...measuredBy(settingsFor(policy.document, filter.region ?? "").measureActivity),
    crossing: isCrossing(filter),
    options: {
      ...options,
      reviewers: options.reviewers
        .map((id) => ({ id, name: nameOf(id) }))
        .toSorted((one, other) => byName.compare(one.name, other.name)),
    },
    corrections: (await corrections(tx, filter)).map((row) => ({
      ...row,
      at: row.at.toISOString(),
    })),
    throughput: {
      ...throughputOf(
        cells,
        total(days, (row) => row.people),
      ),
      handle: percentilesOf(merge(histograms.map(({ hist }) => hist))),
    },
    handleByRegion: [...Map.groupBy(histograms, ({ region }) => region)]
      .map(([region, rows]) => ({
        region,
        handle: percentilesOf(merge(rows.map(({ hist }) => hist))),
      }))
      .toSorted((one, other) => one.region.localeCompare(other.region)),
    days: everyDay,
    // By name, so that the order is no ranking.
    people: [...Map.groupBy(cells, ({ staff_id }) => staff_id)]
      .map(([id, rows]) => ({
        id,
        name: nameOf(id),
        ...throughputOf(rows, daysOf.get(id) ?? 0),
        handle: percentilesOf(merge((histOf.get(id) ?? []).map(({ hist }) => hist))),
        ...ownFiguresOf(rows),
      }))
      .toSorted((one, other) => byName.compare(one.name, other.name)),
    sla: sharesOf(machine).sla,
    override: {
      all: sharesOf(machine).override,
      cleared: sharesOf(machine).cleared,
      caught: sharesOf(machine).caught,
      excluded: {
        noRecommendation: total(machine, (row) => row.said_none),
        unresolved: total(machine, (row) => row.unresolved),
      },
      byModel: rowsBy(machine, "model"),
      byRegion: rowsBy(machine, "region"),
      byPolicy: rowsBy(machine, "policy"),
      byBand: rowsBy(machine, "band").toSorted(
        (one, other) => (one.band?.band ?? 0) - (other.band?.band ?? 0),
      ),
      byModelAndRegion: rowsBy(machine, "model_region"),
    },
    thresholds: thresholdsOf(machine),
    shift: shiftOf(cells),
    agreement: agreementOf(pairs),
    outcomes: reasons
      .filter((row) => row.reason === "")
      .map(({ outcome, n }) => ({ outcome, share: shareOf(n, cases) })),
    reasons: reasons
      .filter((row) => row.reason !== "")
      .map(({ outcome, reason, n }) => ({ outcome, reason, share: shareOf(n, cases) })),
    marks: marksOf({
      machine,
      reviewers: cells,
      days,
      // Arrivals are counted by region only: under any other filter their weekdays are not its own.
      arrivals:
        filter.model === null && filter.policy === null && filter.reviewer === null
          ? everyDay
              .filter(({ day }) => day < today)
              .map(({ day, arrivals: count }) => ({ day, count }))
          : [],
    }),
    definitions: define([
      "throughput",
      "handle",
      "sla",
      "override",
      "cleared",
      "caught",
      "own_override",
      "confirmed",
      "shift",
      "toward",
      "agreement",
      "outcome",
      "reason",
      "marks",
    ]),
  };
}

function shiftOf(cells: Parameters<typeof ownFiguresOf>[0]) {
  const { shift, toward, away } = ownFiguresOf(cells);
  return { amended: shift, toward, away };
}

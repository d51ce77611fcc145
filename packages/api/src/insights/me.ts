import { reviewerWork } from "@secondlook/db/insights/reviewer-figures";
import { currentPolicy } from "@secondlook/db/policy/current-policy";
import { reportingDay } from "@secondlook/domain/insights/reporting-day";
import { merge } from "@secondlook/domain/insights/histogram";
import { procedure } from "../core/trpc.ts";
import { meInput, meOutput } from "../schemas/insights.ts";
import { define, ownFilter, queryEvent, readFigures, resolve } from "./reading.ts";
import {
  measuredBy,
  ownFiguresOf,
  percentilesOf,
  throughputOf,
  total,
  workByDay,
} from "./work-figures.ts";

/** One's own figures and nobody else's: there is no ranking. */
export const me = procedure
  .meta({ permission: "insights.own", records: ["insights.query"] })
  .input(meInput)
  .output(meOutput)
  .query(async ({ ctx, input }) => {
    const answer = await readFigures(ctx.deps.db, async (tx, progress) => {
      const own = ownFilter(input, ctx.staff.id);
      const { filter, about } = resolve(own, progress, ctx.deps.clock());
      const { cells, days, worked, histograms } = await reviewerWork(tx, filter);
      const policy = await currentPolicy(tx);
      return {
        ...about,
        ...measuredBy(policy.document.base.measureActivity),
        ...throughputOf(
          cells,
          total(worked, (row) => row.days),
        ),
        handle: percentilesOf(merge(histograms.map(({ hist }) => hist))),
        ...ownFiguresOf(cells),
        days: workByDay(days, filter, reportingDay(ctx.deps.clock(), progress.timeZone)),
        definitions: define([
          "throughput",
          "handle",
          "own_override",
          "shift",
          "toward",
          "agreement",
        ]),
      };
    });
    await ctx.recorder.read([queryEvent("me", {}, { user: ctx.staff.id })]);
    return answer;
  });

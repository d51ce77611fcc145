import { machineCells } from "@secondlook/db/insights/machine-figures";
import { BAND_EDGES } from "@secondlook/domain/insights/score-bands";
import { type WhatIf, whatIf as reckon } from "@secondlook/domain/insights/what-if";
import { procedure } from "../core/trpc.ts";
import { whatIfInput, whatIfOutput } from "../schemas/insights.ts";
import { define, ownFilter, queryEvent, readFigures, resolve } from "./reading.ts";

/** What another threshold would have done in one region to the cases of one model version. */
export const whatIf = procedure
  .meta({ permission: "insights.read", records: ["insights.query"] })
  .input(whatIfInput)
  .output(whatIfOutput)
  .query(async ({ ctx, input }) => {
    const { region, model, threshold, precision } = input;
    const answer = await readFigures(ctx.deps.db, async (tx, progress) => {
      const wanted = { ...ownFilter(input, null), region, model };
      const { filter, about } = resolve(wanted, progress, ctx.deps.clock());
      const cells = await machineCells(tx, filter);
      const result = reckon(
        cells.map((cell) => ({
          band: cell.band,
          cases: cell.cases,
          answered: cell.answered,
          same: cell.same,
          confirmedHere: cell.confirmed_here,
          handled: cell.handled,
          handleMs: cell.handle_ms,
          rounds: cell.rounds,
        })),
        threshold,
        precision,
      );
      return {
        ...about,
        ...result,
        edges: [...BAND_EDGES],
        unknown: unknownInWords(result),
        definitions: define(["what_if"]),
      };
    });
    await ctx.recorder.read([queryEvent("what_if", { region, model })]);
    return answer;
  });

function unknownInWords({ knownFrom, sample }: WhatIf): string {
  const percent = `${Number((sample.precision * 100).toFixed(1))} %`;
  const where =
    knownFrom === null
      ? "No scored case was reviewed here, so nothing is known of any threshold."
      : knownFrom === 0
        ? "Cases of every score were reviewed, so nothing lies below what is known."
        : `Cases under ${knownFrom} never came here, so how many duplicates are among them can't be known from these figures.`;
  return `${where} A random sample of ${sample.anyShare} cases from below the threshold, reviewed like any other, tells their share to within ${percent} either way; if none of ${sample.ifNone} is the same person, it is at most ${percent} (95 %).`;
}

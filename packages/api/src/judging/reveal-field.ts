import { procedure } from "../core/trpc.ts";
import { revealFieldInput, revealFieldOutput } from "../schemas/judging.ts";
import { candidateEvents, codeOf, detailsPlace, openDetails } from "./open-details.ts";

/** Unmasks one field of both sides for whoever sealed the pair: each asking is a view in the log. */
export const revealField = procedure
  .meta({ permission: "case.judge", records: ["field.reveal"] })
  .input(revealFieldInput)
  .output(revealFieldOutput)
  .mutation(async ({ ctx, input }) => {
    const { held, candidate, probe, other } = await openDetails(ctx, input);
    const { candidateId, field } = input;
    const place = { ...detailsPlace(held), fields: [codeOf(field)] };
    await ctx.recorder.read([
      { ...place, subject: held.probeSubjectId },
      ...candidateEvents(candidate, place),
    ]);
    return {
      candidateId,
      field,
      probe: probe[field] ?? null,
      candidate: other[field] ?? null,
    };
  });

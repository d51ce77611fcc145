import { sharedSignals, signalsOf } from "@secondlook/db/judging/attributes";
import { compareAttribute } from "@secondlook/domain/attributes/compare-attribute";
import { isMasked, MASKED_FIELDS } from "@secondlook/domain/attributes/masked-fields";
import type { Attributes } from "@secondlook/domain/ingest/case-payload";
import type { z } from "zod";
import { procedure } from "../core/trpc.ts";
import { attributesInput, attributesOutput } from "../schemas/judging.ts";
import { candidateEvents, codeOf, detailsPlace, openDetails } from "./open-details.ts";

type Masked = z.output<typeof attributesOutput>["masked"];

/**
 * Names, attributes and shared signals of both sides, once this candidate is sealed; of what is
 * masked only how it compares. A mutation, though nothing but the log changes: it is asked for by a
 * person, never fetched ahead or retried.
 */
export const attributes = procedure
  .meta({ permission: "case.judge", records: ["field.reveal"] })
  .input(attributesInput)
  .output(attributesOutput)
  .mutation(async ({ ctx, input }) => {
    const { held, candidate, probe, other } = await openDetails(ctx, input);
    const { candidateId } = input;
    const told = candidateId === null ? [] : await sharedSignals(ctx.deps.db, candidateId);
    const { counts, shared } = await signalsOf(ctx.deps.db, {
      probeSubjectId: held.probeSubjectId,
      candidateSubjectId: candidate?.subjectId,
    });
    const place = detailsPlace(held);
    await ctx.recorder.read([
      { ...place, subject: held.probeSubjectId, fields: [...shownOf(probe), "signal_counts"] },
      ...candidateEvents(candidate, {
        ...place,
        fields: [...shownOf(other), "shared_signals"],
      }),
    ]);
    return {
      candidateId,
      probe: openOf(probe),
      candidate: openOf(other),
      masked: maskedOf(probe, other),
      sharedSignals: [...new Set([...told, ...shared])],
      signalCounts: counts,
    };
  });

/** What leaves unmasked. */
function openOf({ dateOfBirth: _birth, documentNumber: _number, ...open }: Attributes) {
  return open;
}

function maskedOf(probe: Attributes, other: Attributes): Masked {
  return MASKED_FIELDS.filter(
    (field) => probe[field] !== undefined || other[field] !== undefined,
  ).map((field) => {
    const sides = { probe: probe[field], candidate: other[field] };
    // Neither is compared across scripts, so nothing needs to be written in Latin letters.
    const { likeness, words } = compareAttribute(field, sides, (text) => text);
    return {
      field,
      probe: sides.probe !== undefined,
      candidate: sides.candidate !== undefined,
      likeness,
      words,
    };
  });
}

/** The log's codes for what is shown; that a masked field was compared is told, too. */
function shownOf(attributesShown: Attributes): readonly string[] {
  return Object.keys(attributesShown).map((field) =>
    isMasked(field) ? `${codeOf(field)}_compared` : codeOf(field),
  );
}

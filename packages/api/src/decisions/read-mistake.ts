import { findMistake } from "@secondlook/db/decisions/mistakes";
import { readAsLead } from "../cases/read-as-lead.ts";
import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { procedure } from "../core/trpc.ts";
import { readMistakeInput, readMistakeOutput } from "../schemas/mistakes.ts";
import { mistakeAnswerPlace, mistakePlace } from "./text-places.ts";

/**
 * What the author of a decision wrote of their mistake, and what a lead wrote who dealt with it. A
 * mutation, because it changes something: whoever reads it is never given a round of that case.
 */
export const readMistake = procedure
  .meta({ permission: "queue.oversee", records: ["case.view"] })
  .input(readMistakeInput)
  .output(readMistakeOutput)
  .mutation(async ({ ctx, input }) => {
    const { deps, staff } = ctx;
    const { decisionId } = input;
    const found = await ctx.recorder.transaction(async (tx, record) => {
      const mistake = await findMistake(tx, { decisionId, asker: staff });
      if (mistake === undefined) throw noSuchMistake();
      await readAsLead(tx, record, { ...mistake, staffId: staff.id, what: "mistake" });
      return mistake;
    });
    const key = await subjectKey(deps, deps.db, found.probeSubjectId);
    return {
      note: await key.decryptText(found.note, mistakePlace(decisionId)),
      answer:
        found.handledNote === null
          ? null
          : await key.decryptText(found.handledNote, mistakeAnswerPlace(decisionId)),
    };
  });

/** The same words for one that is hidden: that there is a report would tell that somebody decided. */
export function noSuchMistake(): Refusal {
  return new Refusal(
    "not_found",
    "No such mistake is reported, or its case may still be yours to judge.",
  );
}

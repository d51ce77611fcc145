import { findWaitingQuestion } from "@secondlook/db/queue/questions";
import { readAsLead } from "../cases/read-as-lead.ts";
import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { procedure } from "../core/trpc.ts";
import { questionPlace } from "../decisions/text-places.ts";
import { readQuestionInput, readQuestionOutput } from "../schemas/oversight.ts";

/**
 * The text of a question that another lead will answer. A mutation, because it changes something:
 * whoever reads it is never given a round of that case.
 */
export const readQuestion = procedure
  .meta({ permission: "queue.oversee", records: ["case.view"] })
  .input(readQuestionInput)
  .output(readQuestionOutput)
  .mutation(async ({ ctx, input }) => {
    const { deps, staff } = ctx;
    const found = await ctx.recorder.transaction(async (tx, record) => {
      const question = await findWaitingQuestion(tx, { ...input, asker: staff });
      // The same words for one that is hidden: that there is a question would tell as much.
      if (question === undefined) {
        throw new Refusal(
          "not_found",
          "No such question waits, or it may still be yours to answer.",
        );
      }
      await readAsLead(tx, record, { ...question, staffId: staff.id, what: "question" });
      return question;
    });
    const key = await subjectKey(deps, deps.db, found.probeSubjectId);
    return { question: await key.decryptText(found.text, questionPlace(found)) };
  });

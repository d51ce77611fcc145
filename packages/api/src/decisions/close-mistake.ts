import { closeMistake as storeClosed, findMistake } from "@secondlook/db/decisions/mistakes";
import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { procedure } from "../core/trpc.ts";
import { closeMistakeInput } from "../schemas/mistakes.ts";
import { doneOutput } from "../schemas/queue.ts";
import { noSuchMistake } from "./read-mistake.ts";
import { mistakeAnswerPlace } from "./text-places.ts";

/** A lead says how a reported mistake was dealt with. The case stays as it is; never one's own. */
export const closeMistake = procedure
  .meta({ permission: "queue.oversee", records: ["decision.mistake_closed"] })
  .input(closeMistakeInput)
  .output(doneOutput)
  .mutation(async ({ ctx, input }) => {
    const { decisionId, how, note } = input;
    await ctx.recorder.transaction(async (tx, record) => {
      const mistake = await findMistake(tx, { decisionId, asker: ctx.staff });
      if (mistake === undefined) throw noSuchMistake();
      if (mistake.author === ctx.staff.id) {
        throw new Refusal("forbidden", "This is your own mistake; another lead has to close it.");
      }
      if (mistake.handled) throw closedAlready();
      const key = await subjectKey(ctx.deps, tx, mistake.probeSubjectId);
      const sealed =
        note === null ? null : await key.encryptText(note, mistakeAnswerPlace(decisionId));
      const stored = { decisionId, staffId: ctx.staff.id, how, note: sealed };
      if (!(await storeClosed(tx, stored))) throw closedAlready();
      await record({
        kind: "decision.mistake_closed",
        outcome: "allowed",
        case: mistake.caseId,
        subject: mistake.probeSubjectId,
        cycle: mistake.cycle,
        round: mistake.round,
        ruling: decisionId,
        policy: mistake.policyVersion,
        reason: how,
      });
    });
    return { done: true as const };
  });

function closedAlready(): Refusal {
  return new Refusal("conflict", "Another lead closed this report already; look at it anew.");
}

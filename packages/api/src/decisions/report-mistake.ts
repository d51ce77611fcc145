import { findOwnDecision, insertMistake } from "@secondlook/db/decisions/own-decisions";
import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { procedure } from "../core/trpc.ts";
import { reportMistakeInput } from "../schemas/mistakes.ts";
import { doneOutput } from "../schemas/queue.ts";
import { mistakePlace } from "./text-places.ts";

/**
 * The author of a decision says that it was wrong, once it can't be undone any more. Nothing of the
 * case changes by it: a lead reads it and does what is right.
 */
export const reportMistake = procedure
  .meta({ permission: "case.judge", records: ["decision.mistake"] })
  .input(reportMistakeInput)
  .output(doneOutput)
  .mutation(async ({ ctx, input }) => {
    const { decisionId, note } = input;
    await ctx.recorder.transaction(async (tx, record) => {
      const decision = await findOwnDecision(tx, { decisionId, staffId: ctx.staff.id });
      if (decision === undefined) {
        throw new Refusal("not_found", "There is no such decision of yours.");
      }
      if (decision.undone) throw new Refusal("conflict", "This decision is undone already.");
      if (!decision.final) {
        throw new Refusal("conflict", "This decision can still be undone; press undo instead.");
      }
      const key = await subjectKey(ctx.deps, tx, decision.probeSubjectId);
      const sealed = await key.encryptText(note, mistakePlace(decisionId));
      if (!(await insertMistake(tx, { decisionId, note: sealed }))) {
        throw new Refusal("conflict", "You reported this decision already; a lead has it.");
      }
      await record({
        kind: "decision.mistake",
        outcome: "allowed",
        case: decision.caseId,
        subject: decision.probeSubjectId,
        cycle: decision.cycle,
        round: decision.round,
        ruling: decisionId,
        policy: decision.policyVersion,
      });
    });
    return { done: true as const };
  });

import { undoableDecision } from "@secondlook/db/decisions/own-decisions";
import { procedure } from "../core/trpc.ts";
import { undoableOutput } from "../schemas/decisions.ts";

/** One's own last decision while it can be undone, for a page that forgot it. */
export const undoable = procedure
  .meta({
    permission: "case.judge",
    records: {
      none: "what one decided oneself seconds ago; no person, and of the case its id alone",
    },
  })
  .output(undoableOutput)
  .query(async ({ ctx }) => {
    const found = await undoableDecision(ctx.deps.db, ctx.staff.id);
    if (found === undefined) return { decision: null };
    const { id, caseId, outcome, undoUntil } = found;
    return { decision: { decisionId: id, caseId, outcome, undoUntil: undoUntil.toISOString() } };
  });

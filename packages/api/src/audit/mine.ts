import { procedure } from "../core/trpc.ts";
import { auditMineInput, auditMineOutput } from "../schemas/audit.ts";
import { AUDIT_PAGE, readEntries } from "./read-entries.ts";

/**
 * Kinds that are left out of one's own trail: whether a decision led on tells which round it was,
 * and so that somebody else had decided.
 */
const TELLS_ROUND = [
  "case.await",
  "case.escalate",
  "decision.effective",
  "decision.reopen",
  "decision.settle",
];

/** What the log has of oneself, newest first; without the leaves, which name the round. */
export const mine = procedure
  .meta({ permission: "self.read", records: ["audit.query"] })
  .input(auditMineInput)
  .output(auditMineOutput)
  .mutation(async ({ ctx, input }) => {
    const { cursor } = input;
    await ctx.recorder.read([
      {
        kind: "audit.query",
        outcome: "allowed",
        purpose: { code: "own_trail" },
        fields: ["who"],
        user: ctx.staff.id,
        page: cursor?.page ?? 1,
        count: AUDIT_PAGE,
        ...(cursor === null ? {} : { to: cursor.before }),
      },
    ]);
    const { rows, nextCursor } = await readEntries(
      ctx.deps.reader,
      {
        kind: null,
        actor: ctx.staff.id,
        caseId: null,
        subjectId: null,
        from: null,
        to: null,
        without: TELLS_ROUND,
      },
      cursor,
    );
    return {
      rows: rows.map(({ eid, at, kind, outcome, caseId }) => ({
        eid,
        at: at.toISOString(),
        kind,
        outcome,
        caseId,
      })),
      nextCursor,
    };
  });

import { ownDecisions } from "@secondlook/db/decisions/own-decisions";
import type { EventBody } from "@secondlook/audit/event";
import { procedure } from "../core/trpc.ts";
import { mineOutput } from "../schemas/decisions.ts";

/** As many as somebody may remember to have been wrong about. */
const LIMIT = 9;

/** One's own newest decisions, so that a mistake in one can be reported. */
export const mine = procedure
  .meta({ permission: "case.judge", records: ["case.search"] })
  .output(mineOutput)
  .query(async ({ ctx }) => {
    const rows = await ownDecisions(ctx.deps.db, { staffId: ctx.staff.id, limit: LIMIT });
    const fields = ["own_decisions"];
    await ctx.recorder.read(
      rows.length === 0
        ? [{ kind: "case.search", outcome: "allowed", fields }]
        : rows.map((row): EventBody => ({
            kind: "case.search",
            outcome: "allowed",
            case: row.caseId,
            subject: row.probeSubjectId,
            fields,
          })),
    );
    return {
      rows: rows.map((row) => ({
        decisionId: row.id,
        externalId: row.externalId,
        outcome: row.outcome,
        decidedAt: row.decidedAt.toISOString(),
        final: row.final,
        reported: row.reported,
      })),
    };
  });

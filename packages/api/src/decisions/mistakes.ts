import type { EventBody } from "@secondlook/audit/event";
import { reportedMistakes } from "@secondlook/db/decisions/mistakes";
import { procedure } from "../core/trpc.ts";
import { mistakesOutput } from "../schemas/decisions.ts";

const LIMIT = 50;

/** For leads: decisions that their authors reported as mistakes. The note stands on the case's page. */
export const mistakes = procedure
  .meta({ permission: "queue.oversee", records: ["queue.search"] })
  .output(mistakesOutput)
  .query(async ({ ctx }) => {
    const rows = await reportedMistakes(ctx.deps.db, { asker: ctx.staff, limit: LIMIT });
    const fields = ["mistakes"];
    await ctx.recorder.read(
      rows.length === 0
        ? [{ kind: "queue.search", outcome: "allowed", fields }]
        : rows.map((row): EventBody => ({
            kind: "queue.search",
            outcome: "allowed",
            case: row.caseId,
            subject: row.probeSubjectId,
            fields,
          })),
    );
    return {
      rows: rows.map(({ decisionId, caseId, externalId, region, displayName, ...times }) => ({
        decisionId,
        caseId,
        externalId,
        region,
        by: displayName,
        decidedAt: times.decidedAt.toISOString(),
        reportedAt: times.reportedAt.toISOString(),
      })),
    };
  });

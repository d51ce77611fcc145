import type { OverviewRow } from "@secondlook/db/queue/overview";
import { stageOf } from "@secondlook/domain/cases/stage";
import { PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import type { z } from "zod";
import type { overviewOutput } from "../schemas/queue.ts";

/**
 * What a lead sees of a row. Of a case that they may still judge they learn neither the stage nor
 * the times that would tell it: when this round began to wait, and since when it can be claimed, or
 * that it can't be yet because the decision before it can still be undone.
 */
export function rowView(
  row: OverviewRow,
  now: Date,
): z.output<typeof overviewOutput>["rows"][number] {
  const since = row.toldSince;
  const hidden =
    row.reserved ||
    (row.mayJudge && row.kept) ||
    (row.mayJudge && (row.undoable || row.claimableAt <= now));
  const claimableAt = hidden ? since : row.claimableAt;
  return {
    caseId: row.caseId,
    region: row.region,
    priority: PRIORITIES[row.priority] ?? "normal",
    dueAt: row.dueAt.toISOString(),
    waitingSince: since.toISOString(),
    claimableAt: claimableAt.toISOString(),
    stage: row.mayJudge ? null : stageOf(row.round),
    heldBy:
      row.holderName === null
        ? null
        : { displayName: row.holderName, until: row.claimableAt.toISOString() },
    keptFor:
      row.keptForName === null
        ? null
        : { displayName: row.keptForName, until: row.claimableAt.toISOString() },
    nobodyEligible: row.stuck,
  };
}

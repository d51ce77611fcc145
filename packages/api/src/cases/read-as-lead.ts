import type { Database } from "@secondlook/db/database";
import { isJudging, recordPageVisit } from "@secondlook/db/cases/page-visit";
import { lockClaimer } from "@secondlook/db/queue/claimer";
import type { Id } from "@secondlook/domain/ids";
import type { RecordInTransaction } from "../core/recorder.ts";
import { mayStillJudge } from "./may-still-judge.ts";

/**
 * Records that somebody reads what another wrote about a case, in the transaction at hand. As with
 * the case's page, no round of it is ever given to them after that. Throws Refusal `may_still_judge`
 * where they are judging it.
 */
export async function readAsLead(
  tx: Database,
  record: RecordInTransaction,
  of: {
    readonly caseId: Id<"case">;
    readonly probeSubjectId: Id<"subject">;
    readonly staffId: Id<"actor">;
    readonly what: "mistake" | "question";
  },
): Promise<void> {
  const visit = { caseId: of.caseId, staffId: of.staffId };
  // Whatever gives this person a lease waits for this lock, so none begins meanwhile.
  await lockClaimer(tx, of.staffId);
  if (await isJudging(tx, visit)) throw mayStillJudge();
  await recordPageVisit(tx, visit);
  await record({
    kind: "case.view",
    outcome: "allowed",
    case: of.caseId,
    subject: of.probeSubjectId,
    fields: [of.what],
    purpose: { code: of.what },
  });
}

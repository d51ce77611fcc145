import { type CaseDecision, decisionsOf, findCaseHead } from "@secondlook/db/cases/case-page";
import { isJudging, recordPageVisit } from "@secondlook/db/cases/page-visit";
import { lockClaimer } from "@secondlook/db/queue/claimer";
import { can } from "@secondlook/domain/access/roles";
import { PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import { iso, isoOrNull } from "./iso.ts";
import { mayStillJudge } from "./may-still-judge.ts";
import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { procedure } from "../core/trpc.ts";
import { mistakePlace, questionPlace, rationalePlace } from "../decisions/text-places.ts";
import { pageInput, pageOutput } from "../schemas/cases.ts";
import { readTimeline } from "./timeline.ts";

/**
 * A case's page. A mutation, because it changes something: whoever opens a case's page learns what others said of it, so no round of it is ever given to them.
 */
export const page = procedure
  .meta({ permission: "case.browse", records: ["case.view"] })
  .input(pageInput)
  .output(pageOutput)
  .mutation(async ({ ctx, input }) => {
    const { deps, staff } = ctx;
    const { caseId } = input;
    const found = await ctx.recorder.transaction(async (tx, record) => {
      const head = await findCaseHead(tx, caseId);
      if (head === undefined) throw new Refusal("not_found", "There is no such case.");
      // Whatever gives this person a lease waits for this lock, so none begins meanwhile.
      await lockClaimer(tx, staff.id);
      // Whatever their role: an auditor may be a reviewer tomorrow, a lead have been one yesterday.
      const visit = { caseId, staffId: staff.id };
      if (await isJudging(tx, visit)) throw mayStillJudge();
      await recordPageVisit(tx, visit);
      const decisions = await decisionsOf(tx, caseId);
      await record({
        kind: "case.view",
        outcome: "allowed",
        case: caseId,
        subject: head.probeSubjectId,
        fields: ["decisions", "rationale", "question", "timeline"],
        purpose: { code: "case_page" },
      });
      return { head, decisions };
    });
    const { head } = found;
    const names = can(staff.role, "queue.oversee").allowed;
    const { entries, cut } = await readTimeline(deps, { caseId, names });
    return {
      caseId,
      externalId: head.externalId,
      region: head.region,
      priority: PRIORITIES[head.priority] ?? ("normal" as const),
      languages: head.languages,
      flaggedAt: iso(head.flaggedAt),
      receivedAt: iso(head.receivedAt),
      dueAt: iso(head.dueAt),
      stage: head.stage,
      cycle: head.cycle,
      settlesAt: isoOrNull(head.settlesAt),
      policyVersion: head.policyVersion,
      candidates: head.candidates,
      evidence: head.evidence,
      madeUp: head.madeUp,
      decisions: await openDecisions(),
      timeline: entries,
      timelineCut: cut,
    };

    async function openDecisions() {
      const key = found.decisions.some(
        ({ rationale, question, mistake }) =>
          rationale !== null || question !== null || mistake !== null,
      )
        ? await subjectKey(deps, deps.db, head.probeSubjectId)
        : undefined;
      return Promise.all(
        found.decisions.map(async (decision) => ({
          ...decisionView(decision, names),
          rationale:
            decision.rationale === null || key === undefined
              ? null
              : await key.decryptText(decision.rationale, rationalePlace(decision.id)),
          question:
            decision.question === null || key === undefined
              ? null
              : await key.decryptText(decision.question, questionPlace({ caseId, ...decision })),
          mistake:
            decision.mistake === null || key === undefined
              ? null
              : {
                  note: await key.decryptText(decision.mistake.note, mistakePlace(decision.id)),
                  reportedAt: iso(decision.mistake.at),
                },
        })),
      );
    }
  });

function decisionView(decision: CaseDecision, names: boolean) {
  return {
    decisionId: decision.id,
    cycle: decision.cycle,
    round: decision.round,
    by: names ? decision.displayName : decision.staffId,
    outcome: decision.outcome,
    reasons: decision.reasons,
    same: decision.same,
    different: decision.different,
    unresolved: decision.unresolved,
    decidedAt: iso(decision.decidedAt),
    undoneAt: isoOrNull(decision.undoneAt),
    effectiveAt: isoOrNull(decision.effectiveAt),
  };
}

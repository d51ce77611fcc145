import { findDraftPlace, saveDraft } from "@secondlook/db/drafts/drafts";
import { MAX_CANDIDATES } from "@secondlook/domain/ingest/case-payload";
import { lostLease } from "../core/lost-lease.ts";
import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { procedure } from "../core/trpc.ts";
import { saveDraftInput, saveDraftOutput } from "../schemas/drafts.ts";

/** Keeps the form as it is filled in, also just after the lease was lost: no work is. */
export const save = procedure
  .meta({
    permission: "case.judge",
    records: { none: "the author's own text going in, private to them; nothing is shown" },
  })
  .input(saveDraftInput)
  .output(saveDraftOutput)
  .mutation(async ({ ctx, input }) => {
    const { deps, staff } = ctx;
    const { caseId, fence, content } = input;
    const named = [content.judgements, content.findings].map((each) => Object.keys(each).length);
    if (Math.max(...named) > MAX_CANDIDATES) {
      throw new Refusal("invalid_input", "The draft names more candidates than a case has.");
    }
    const by = { caseId, fence, staffId: staff.id };
    const place = await findDraftPlace(deps.db, by);
    if (place === undefined) throw await lostLease(deps.db, by);
    const key = await subjectKey(deps, deps.db, place.probeSubjectId);
    const sealed = await key.encryptJson(content, { object: caseId, purpose: "draft" });
    if (!(await saveDraft(deps.db, { ...by, ...place, content: sealed })))
      throw await lostLease(deps.db, by);
    return { saved: true as const };
  });

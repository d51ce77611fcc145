import type { DraftContent, WorkCase } from "../../../lib/contract.ts";
import { type Bench, type CaseForm, EMPTY_JUDGEMENT, FIRST_VIEW } from "./bench.ts";

const EMPTY_FORM: CaseForm = {
  judgements: {},
  findings: {},
  outcome: null,
  reasons: [],
  rationale: "",
  route: null,
  question: "",
  exemption: { note: "", expiresOn: "" },
};

/** A case put on the workbench, with its draft filled in. */
export function openBench(work: WorkCase): Bench {
  const open = work.candidates.findIndex((candidate) => candidate.sealed === null);
  return {
    work,
    form: work.draft === null ? EMPTY_FORM : formOf(work.draft),
    position: Math.max(0, open),
    sides: { probe: FIRST_VIEW, candidate: FIRST_VIEW },
    line: 0,
    amending: false,
    looked: [],
    armed: false,
    attributes: {},
    unmasked: {},
    reveal: null,
  };
}

/**
 * The same case under a new lease: the server's word on seals and times, this window's on what is
 * being filled in, which may be newer than the last draft that was kept.
 */
export function reopenBench(bench: Bench, work: WorkCase): Bench {
  const same = bench.work.fence === work.fence;
  return {
    ...bench,
    work,
    armed: false,
    // The server counts a look for the lease it happened under.
    looked: same ? bench.looked : [],
    // What opens under a lease is asked for again under the next one, so that the log has it.
    attributes: same ? bench.attributes : {},
    unmasked: same ? bench.unmasked : {},
    reveal: same ? bench.reveal : null,
  };
}

function formOf(draft: DraftContent): CaseForm {
  return {
    judgements: Object.fromEntries(
      Object.entries(draft.judgements).map(([id, judgement]) => [
        id,
        {
          rating: judgement.rating ?? null,
          components: judgement.components ?? EMPTY_JUDGEMENT.components,
          missing: judgement.missing ?? EMPTY_JUDGEMENT.missing,
        },
      ]),
    ),
    findings: draft.findings,
    outcome: draft.outcome,
    reasons: draft.reasons,
    rationale: draft.rationale,
    route: draft.inconclusiveRoute ?? null,
    question: draft.question,
    exemption: { note: draft.exemptionNote, expiresOn: draft.exemptionExpiresOn ?? "" },
  };
}

/** The form as the server keeps it. */
export function draftOf(form: CaseForm): DraftContent {
  return {
    judgements: Object.fromEntries(
      Object.entries(form.judgements).map(([id, { rating, components, missing }]) => [
        id,
        rating === null ? { components, missing } : { rating, components, missing },
      ]),
    ),
    findings: { ...form.findings },
    outcome: form.outcome,
    reasons: [...form.reasons],
    rationale: form.rationale,
    question: form.question,
    exemptionNote: form.exemption.note,
    exemptionExpiresOn: form.exemption.expiresOn,
    inconclusiveRoute: form.route,
  };
}

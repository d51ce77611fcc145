import type { MaskedField } from "@secondlook/domain/attributes/masked-fields";
import type { api } from "../../../lib/trpc.ts";
import type {
  AttributesView,
  CandidateId,
  CaseId,
  ClaimResult,
  DecisionId,
  DraftContent,
  LeaseRef,
  LeaseStates,
  ReleaseInput,
  Reveal,
  RevealedField,
  SealedJudgement,
  Submission,
  UndoableDecision,
  Viewing,
} from "../../../lib/contract.ts";

/** What a review session asks of the server. */
export interface ReviewApi {
  readonly claimNext: () => Promise<ClaimResult>;
  readonly heartbeat: (leases: readonly LeaseRef[], active: boolean) => Promise<LeaseStates>;
  readonly retake: (caseId: CaseId) => Promise<ClaimResult>;
  readonly release: (input: ReleaseInput) => Promise<unknown>;
  readonly pause: () => Promise<unknown>;
  readonly openCandidate: (lease: LeaseRef, candidateId: CandidateId) => Promise<unknown>;
  readonly seal: (
    lease: LeaseRef,
    candidateId: CandidateId,
    judgement: SealedJudgement,
    viewing: Viewing | null,
  ) => Promise<unknown>;
  readonly amend: (
    lease: LeaseRef,
    candidateId: CandidateId,
    judgement: SealedJudgement,
    viewing: Viewing | null,
  ) => Promise<unknown>;
  readonly attributes: (
    lease: LeaseRef,
    candidateId: CandidateId | null,
  ) => Promise<AttributesView>;
  readonly revealField: (
    lease: LeaseRef,
    candidateId: CandidateId | null,
    field: MaskedField,
  ) => Promise<RevealedField>;
  readonly reveal: (lease: LeaseRef) => Promise<Reveal>;
  readonly saveDraft: (lease: LeaseRef, content: DraftContent) => Promise<unknown>;
  readonly submit: (
    submission: Submission,
  ) => Promise<{ decisionId: DecisionId; undoUntil: string }>;
  readonly undo: (decisionId: DecisionId) => Promise<ClaimResult>;
  /** The last decision while it can be undone. */
  readonly undoable: () => Promise<UndoableDecision | null>;
}

/** The server's procedures behind the names above. */
export function reviewApi(server: typeof api): ReviewApi {
  return {
    claimNext: () => server.queue.claimNext.mutate({}),
    heartbeat: async (leases, active) =>
      (await server.queue.heartbeat.mutate({ leases: [...leases], active })).leases,
    retake: (caseId) => server.queue.retake.mutate({ caseId }),
    release: (input) => server.queue.release.mutate(input),
    pause: () => server.queue.pause.mutate(),
    openCandidate: (lease, candidateId) =>
      server.judging.openCandidate.mutate({ ...lease, candidateId }),
    seal: (lease, candidateId, judgement, viewing) =>
      server.judging.seal.mutate({ ...lease, candidateId, judgement, viewing }),
    amend: (lease, candidateId, judgement, viewing) =>
      server.judging.amend.mutate({ ...lease, candidateId, judgement, viewing }),
    attributes: (lease, candidateId) => server.judging.attributes.mutate({ ...lease, candidateId }),
    revealField: (lease, candidateId, field) =>
      server.judging.revealField.mutate({ ...lease, candidateId, field }),
    reveal: (lease) => server.judging.reveal.mutate(lease),
    saveDraft: (lease, content) => server.drafts.save.mutate({ ...lease, content }),
    submit: (submission) => server.decisions.submit.mutate(submission),
    undoable: async () => (await server.decisions.undoable.query()).decision,
    undo: (decisionId) => server.decisions.undo.mutate({ decisionId }),
  };
}

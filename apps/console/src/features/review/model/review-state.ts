import type { CancelReason } from "@secondlook/domain/queue/cancelled";
import type { Outcome } from "@secondlook/domain/decisions/outcome";
import type { DecisionId, EmptyReason, LeaseRef, WorkCase } from "../../../lib/contract.ts";
import type { Problem } from "../../../lib/problem.ts";
import type { Bench } from "./bench.ts";
import type { Gap } from "./next-step.ts";

/** What is under way; while it is, Enter waits. */
export type Busy =
  | "claiming"
  | "sealing"
  | "amending"
  | "revealing"
  | "deciding"
  | "undoing"
  | "releasing"
  | "retaking"
  | "pausing"
  /** Another case has just come: what was still typed for the last one is not meant for it. */
  | "settling";

/** What one reviewer's desk looks like. */
export interface ReviewState {
  readonly phase: "starting" | "working" | "empty" | "paused" | "failed";
  readonly bench: Bench | null;
  readonly reserved: WorkCase | null;
  readonly empty: { readonly reason: EmptyReason; readonly nextAt: string | null } | null;
  readonly problem: Problem | null;
  /**
   * `free`: whether it may be taken again; null while that is being asked. `why`: what upstream sent
   * that ended it. `mine`: this reviewer decided the case a moment ago, in another tab.
   */
  readonly lost: {
    readonly free: boolean | null;
    readonly why: CancelReason | null;
    readonly mine?: boolean;
  } | null;
  readonly busy: Busy | null;
  readonly hint: string | null;
  /** Where the form lacks something; the serial makes the same gap lead there again. */
  readonly attention: { readonly gap: Gap; readonly serial: number } | null;
  readonly undo: {
    readonly decisionId: DecisionId;
    /** Epoch milliseconds by the server's clock. */
    readonly until: number;
    readonly outcome: Outcome;
    /** How many seconds the window has at most, where that is known. */
    readonly seconds: number;
    /** The case as it was decided, to be filled in again after an undo; else the draft has it. */
    readonly bench: Bench | null;
  } | null;
  readonly draft: "kept" | "recovered" | "changed" | "not_kept";
}

export const START: ReviewState = {
  phase: "starting",
  bench: null,
  reserved: null,
  empty: null,
  problem: null,
  lost: null,
  busy: null,
  hint: null,
  attention: null,
  undo: null,
  draft: "kept",
};

/** The lease of a case, as writes show it. */
export function leaseOf(work: WorkCase): LeaseRef {
  return { caseId: work.caseId, fence: work.fence };
}

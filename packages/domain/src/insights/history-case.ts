import type { Round } from "../cases/stage.ts";
import type { Finding, Outcome } from "../decisions/outcome.ts";
import type { Id } from "../ids.ts";
import type { Rating } from "../judging/rating.ts";
import type { Recommendation } from "./override.ts";

/** A decision of a made-up past, as it would have been written. Times are milliseconds since 1970. */
export interface HistoryDecision {
  readonly id: Id<"decision">;
  readonly round: Exclude<Round, "second_adjudication">;
  /** Which of the people of the history. */
  readonly person: number;
  readonly outcome: Outcome;
  readonly finding: Finding;
  readonly reason: string;
  readonly sealed: Rating;
  /** What the rating was amended to after the reveal; null where it was left. */
  readonly amended: Rating | null;
  readonly openedAt: number;
  readonly decidedAt: number;
  readonly isFinal: boolean;
}

/** A settled case of a made-up past, with one candidate. */
export interface HistoryCase {
  readonly caseId: Id<"case">;
  readonly candidateId: Id<"candidate">;
  readonly runId: Id<"run">;
  readonly region: string;
  readonly provider: string;
  readonly modelVersion: string;
  readonly threshold: number;
  readonly similarity: number;
  readonly recommendation: Recommendation;
  readonly receivedAt: number;
  readonly dueAt: number;
  readonly decisions: readonly HistoryDecision[];
}

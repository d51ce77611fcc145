/** How a lead dealt with a decision that its author reported as a mistake. */
export const MISTAKE_OUTCOMES = ["decision_stands", "righted_in_review", "asked_upstream"] as const;
export type MistakeOutcome = (typeof MISTAKE_OUTCOMES)[number];

export const MISTAKE_OUTCOME_WORDS = {
  decision_stands: "The decision was right after all",
  righted_in_review: "A later round put it right",
  asked_upstream: "Upstream was asked to send it again",
} as const satisfies Record<MistakeOutcome, string>;

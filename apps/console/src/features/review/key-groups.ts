import type { ReviewCommand } from "./keys.ts";

/** Commands whose keys are told together, in their order. */
export const KEY_GROUPS = {
  rate: ["rate_1", "rate_2", "rate_3", "rate_4", "rate_5", "rate_6", "rate_7"],
  outcome: ["outcome_1", "outcome_2", "outcome_3", "outcome_4", "outcome_5"],
  reason: ["reason_1", "reason_2", "reason_3", "reason_4"],
} as const satisfies Record<string, readonly ReviewCommand[]>;

export type KeyGroup = keyof typeof KEY_GROUPS;

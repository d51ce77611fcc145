/**
 * The goings-over of a case within a cycle. `second_adjudication` is a second lead's blind repeat
 * of an adjudication whose harmful outcome nobody else had come to.
 */
export const ROUNDS = ["first", "second", "adjudication", "second_adjudication"] as const;
export type Round = (typeof ROUNDS)[number];

/** Where a case stands. An open stage is named after the round that is due. */
const OPEN_STAGES = ["first", "second", "adjudication", "awaiting_capture"] as const;
export const STAGES = [...OPEN_STAGES, "settled", "withdrawn", "lapsed"] as const;
export type OpenStage = (typeof OPEN_STAGES)[number];
export type Stage = (typeof STAGES)[number];

/** The queue's first order: whatever is nearest to its end goes first. */
export const STAGE_RANK = {
  adjudication: 0,
  second_adjudication: 0,
  second: 1,
  first: 2,
} as const satisfies Record<Round, number>;

/** The stage that a case is in while this round is due. */
export function stageOf(round: Round): "first" | "second" | "adjudication" {
  return round === "second_adjudication" ? "adjudication" : round;
}

/** Whether only a lead may work this round. */
export function isAdjudication(round: Round): boolean {
  return stageOf(round) === "adjudication";
}

import type { CasePage, CaseRow } from "../lib/contract.ts";

type Stage = CasePage["stage"];

export const STAGE_WORDS: Record<Stage, string> = {
  first: "First look",
  second: "Second look",
  adjudication: "Adjudication",
  awaiting_capture: "Awaits a new capture",
  settled: "Settled",
  withdrawn: "Withdrawn",
  lapsed: "Lapsed",
};

export const PRIORITY_WORDS: Record<CaseRow["priority"], string> = {
  urgent: "Urgent",
  high: "High",
  normal: "Normal",
  low: "Low",
};

/** A stage in words; who may still judge a case is not told. */
export function stageWords(stage: Stage | null): string {
  return stage === null ? "not told to you" : STAGE_WORDS[stage];
}

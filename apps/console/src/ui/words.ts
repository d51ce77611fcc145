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

/** Why a stage is missing; said once beside the table. */
export const HIDDEN_STAGES =
  "A case’s stage and outcome are hidden while you may judge it yourself (–).";

/** A stage in words; whoever may still judge a case is not told it. */
export function stageWords(stage: Stage | null): string {
  return stage === null ? "–" : STAGE_WORDS[stage];
}

/** A kind of event as words: `case.claim` reads “Case claim”. */
export function kindWords(kind: string): string {
  const words = kind.replaceAll(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

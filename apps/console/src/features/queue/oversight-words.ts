import type { AgeBand, DueBand, OverviewOrder } from "@secondlook/domain/queue/bands";
import type { ShiftState } from "@secondlook/domain/queue/shift";
import type { StuckCase } from "../../lib/contract.ts";
import type { QueueView } from "./queue-address.ts";

export const VIEW_WORDS: Record<QueueView, string> = {
  waiting: "What waits",
  nobody: "Nobody may take",
  mistakes: "Mistakes reported",
  questions: "Questions for a lead",
};

export const AGE_WORDS: Record<AgeBand, string> = {
  under_1h: "under 1 h",
  under_4h: "1 to 4 h",
  under_1d: "4 h to 1 d",
  under_3d: "1 to 3 d",
  older: "over 3 d",
};

export const DUE_WORDS: Record<DueBand, string> = {
  overdue: "overdue",
  under_1h: "within 1 h",
  under_4h: "within 4 h",
  today: "later today",
  later: "after today",
};

export const ORDER_WORDS: Record<OverviewOrder, string> = {
  priority: "by priority",
  due: "due first",
  oldest: "oldest first",
};

export const STATE_WORDS: Record<ShiftState, string> = {
  active: "Active",
  working: "At a case",
  idle: "Idle",
  paused: "Paused",
  free: "No case open",
};

type Why = NonNullable<StuckCase["why"]>;

/** Why nobody may take a case. */
export function whyWords({ region, why }: StuckCase): string {
  if (why === null) return "Nobody else is left. You passed it on yourself.";
  switch (why.reason) {
    case "region":
      return `Nobody who could judge it has the region ${region}.`;
    case "language":
      return `Nobody who could judge it reads ${listOf(why.languages)}.`;
    case "skill":
      return `Nobody who could judge it has ${listOf(why.skills)}.`;
    case "nobody_whole":
      return `No one person has it all: ${listOf([region, ...why.languages, ...why.skills], "and")}.`;
    case "all_had_part":
      return `Everybody who fits is out: ${keptWords(why)}.`;
  }
}

/** What a lead can do about it. */
export function remedyWords({ why, stage }: StuckCase): string {
  if (why === null) return "Ask for somebody who had no part in it.";
  switch (why.reason) {
    case "region":
      return "Have an administrator give somebody the region.";
    case "language":
      return "Have an administrator give somebody the language.";
    case "skill":
      return "Have an administrator give somebody the skill.";
    case "nobody_whole":
      return "Have an administrator widen what one person may take.";
    case "all_had_part":
      return stage === "adjudication"
        ? "Bring in another lead, who had no part in it."
        : "Bring in somebody who had no part in it.";
  }
}

function keptWords({ kept }: Why): string {
  const parts: readonly (readonly [number, string])[] = [
    [kept.judged, "judged it before"],
    [kept.openedPage, "opened its page"],
    [kept.conflict, "know somebody in it"],
    [kept.passed, "passed it on for good"],
  ];
  return parts.flatMap(([count, words]) => (count === 0 ? [] : [`${count} ${words}`])).join(", ");
}

function listOf(codes: readonly string[], word = "or"): string {
  const last = codes.at(-1) ?? "what it asks for";
  return codes.length < 2 ? last : `${codes.slice(0, -1).join(", ")} ${word} ${last}`;
}

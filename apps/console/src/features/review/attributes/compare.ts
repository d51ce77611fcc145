import { compareLetters, type Stretch } from "./diff.ts";

/** Two values side by side: what to mark, and how they compare in words. */
export interface Comparison {
  /** Undefined where marks would say nothing. */
  readonly left: readonly Stretch[] | undefined;
  readonly right: readonly Stretch[] | undefined;
  readonly words: string;
}

/**
 * Compares one attribute of both sides. Letters are marked only where most of them are the same:
 * between two different names the marks would be noise.
 */
export function compare(
  field: string,
  probe: string | undefined,
  candidate: string | undefined,
): Comparison {
  if (probe === undefined || candidate === undefined) {
    return { left: undefined, right: undefined, words: "" };
  }
  if (field !== "dateOfBirth" && !shareScript(probe, candidate)) {
    return { left: undefined, right: undefined, words: "in another script" };
  }
  const { left, right, letters } = compareLetters(probe, candidate);
  if (letters === 0) return { left: undefined, right: undefined, words: "the same" };
  const parts = field === "dateOfBirth" ? differingParts(probe, candidate) : [];
  if (parts.length === 3) return { left: undefined, right: undefined, words: "another date" };
  if (parts.length > 0) {
    return {
      left,
      right,
      words: `${parts.join(" and ")} ${parts.length === 1 ? "differs" : "differ"}`,
    };
  }
  if (letters > 1 && letters * 3 > Math.max(probe.length, candidate.length)) {
    return { left: undefined, right: undefined, words: "different" };
  }
  return {
    left,
    right,
    words: `differs by ${letters} ${unitOf(field)}${letters === 1 ? "" : "s"}`,
  };
}

/** Names are made of letters; numbers, addresses and the like of characters. */
function unitOf(field: string): string {
  return field === "fullName" ? "letter" : "character";
}

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Han}/u,
  /\p{Script=Hiragana}|\p{Script=Katakana}/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Devanagari}/u,
];

/** Whether letters of both can be compared at all; values without letters can. */
function shareScript(probe: string, candidate: string): boolean {
  const known = SCRIPTS.filter((script) => script.test(probe) || script.test(candidate));
  return known.length === 0 || known.some((script) => script.test(probe) && script.test(candidate));
}

const PARTS = ["year", "month", "day"] as const;

/** Which parts of two dates differ; none where a value is no date of three parts. */
function differingParts(probe: string, candidate: string): string[] {
  const one = probe.split("-");
  const other = candidate.split("-");
  if (one.length !== 3 || other.length !== 3) return [];
  return PARTS.filter((_part, index) => one[index] !== other[index]);
}

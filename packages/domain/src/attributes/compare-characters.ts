import { type Comparison, counted } from "./comparison.ts";
import { compareLetters } from "./letter-difference.ts";

/** What people put between letters and digits without meaning anything by it. */
const SEPARATORS = /[\s\p{Pd}.,/()'’`´_:]+/gu;

/**
 * Compares numbers, addresses on the net and the like by their characters. Spacing, hyphens and case
 * are told apart from a difference. Marks are given only where most of the characters are the same.
 */
export function compareCharacters(left: string, right: string, unit = "character"): Comparison {
  const difference = compareLetters(left, right);
  const marks = { left: difference.left, right: difference.right };
  if (difference.letters === 0) return { likeness: "same", words: "the same" };
  if (bare(left) === bare(right) && bare(left) !== "") {
    return { likeness: "same", words: "the same but for spacing or case", marks };
  }
  const { letters } = difference;
  if (letters > 1 && letters * 3 > Math.max(left.length, right.length)) {
    return { likeness: "different", words: "different" };
  }
  return { likeness: "close", words: `differs by ${counted(letters, unit)}`, marks };
}

function bare(text: string): string {
  return text.normalize("NFKC").replaceAll(SEPARATORS, "").toLowerCase();
}

import type { Comparison } from "./comparison.ts";
import { compareCharacters } from "./compare-characters.ts";
import type { Stretch } from "./letter-difference.ts";

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const PARTS = ["year", "month", "day"] as const;

/** Compares two dates (`YYYY-MM-DD`) by year, month and day; anything else by its characters. */
export function compareDates(left: string, right: string): Comparison {
  const one = DATE.exec(left)?.slice(1);
  const other = DATE.exec(right)?.slice(1);
  if (one === undefined || other === undefined) return compareCharacters(left, right);
  const differing = PARTS.filter((_part, index) => one[index] !== other[index]);
  if (differing.length === 0) return { likeness: "same", words: "the same" };
  if (differing.length === 3) return { likeness: "different", words: "another date" };
  const marks = { left: marked(one, other), right: marked(other, one) };
  if (one[1] === other[2] && one[2] === other[1] && one[0] === other[0]) {
    return { likeness: "close", words: "month and day are swapped", marks };
  }
  const verb = differing.length === 1 ? "differs" : "differ";
  return { likeness: "close", words: `${differing.join(" and ")} ${verb}`, marks };
}

function marked(parts: readonly string[], others: readonly string[]): readonly Stretch[] {
  return parts.flatMap((text, index): Stretch[] => [
    ...(index === 0 ? [] : [{ text: "-", same: true }]),
    { text, same: text === others[index] },
  ]);
}

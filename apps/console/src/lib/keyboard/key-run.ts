import { keyWords } from "./key-words.ts";

/**
 * Keys as they are shown together: digits that follow one another by their first and last, others
 * one by one, as nobody knows what lies between `q` and `p`.
 */
export function keyRun(keys: readonly string[]): readonly string[] {
  const digits = keys.map(Number);
  const [first = Number.NaN] = digits;
  const follow = digits.every((digit, index) => digit === first + index);
  const ends = [keys[0], keys.at(-1)].flatMap((key) => key ?? []);
  if (keys.length > 2 && follow) return [ends.join("–")];
  return keys.map(keyWords);
}

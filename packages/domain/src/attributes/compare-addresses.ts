import { type Comparison, counted, type Marks, type Romanise } from "./comparison.ts";
import { foldWord, type Token, tokensOf } from "./fold.ts";
import type { Stretch } from "./letter-difference.ts";

/**
 * Compares two addresses word by word, in whatever order they stand: accents, case, signs and script
 * don't count, a word that the other side lacks is marked whole.
 */
export function compareAddresses(left: string, right: string, romanise: Romanise): Comparison {
  if (left.normalize("NFC") === right.normalize("NFC")) {
    return { likeness: "same", words: "the same" };
  }
  const one = tokensOf(left);
  const other = tokensOf(right);
  const [mine, lacking] = markSide(one, other, romanise);
  const [theirs, missing] = markSide(other, one, romanise);
  const marks: Marks = { left: mine, right: theirs };
  const apart = Math.max(lacking, missing);
  if (apart === 0) {
    return { likeness: "same", words: "the same but for order, accents or signs", marks };
  }
  const size = Math.max(wordsIn(one), wordsIn(other));
  if (apart * 2 > size) return { likeness: "different", words: "different" };
  return { likeness: "close", words: `differs by ${counted(apart, "word")}`, marks };
}

function markSide(
  mine: readonly Token[],
  theirs: readonly Token[],
  romanise: Romanise,
): readonly [stretches: readonly Stretch[], lacking: number] {
  const left = new Map<string, number>();
  for (const token of theirs) {
    if (!token.isWord) continue;
    const word = foldWord(token.text, romanise);
    left.set(word, (left.get(word) ?? 0) + 1);
  }
  let lacking = 0;
  const stretches: Stretch[] = [];
  for (const token of mine) {
    let same = true;
    if (token.isWord) {
      const word = foldWord(token.text, romanise);
      const count = left.get(word) ?? 0;
      same = count > 0;
      if (same) left.set(word, count - 1);
      else lacking += 1;
    }
    const last = stretches.at(-1);
    if (last?.same === same) {
      stretches[stretches.length - 1] = { text: last.text + token.text, same };
    } else stretches.push({ text: token.text, same });
  }
  return [stretches, lacking];
}

function wordsIn(tokens: readonly Token[]): number {
  return tokens.filter((token) => token.isWord).length;
}

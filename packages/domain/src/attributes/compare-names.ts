import { type Comparison, counted, type Marks, type Romanise } from "./comparison.ts";
import { foldedWords, plainWords, skeletonOf, tokensOf } from "./fold.ts";
import { compareLetters, lettersOf } from "./letter-difference.ts";
import { isLatin, shareScript } from "./scripts.ts";

/**
 * Compares two names across scripts and spellings. From the surest likeness to the least: the same
 * letters; the same but for accents, case or signs; the same words in another order; a few letters
 * apart; the same sounds spelled otherwise. Names in different scripts are compared, and shown, in
 * Latin letters. It is a help for the eye and no verdict: it never says that two names are one.
 */
export function compareNames(left: string, right: string, romanise: Romanise): Comparison {
  const plain = compareLetters(left, right);
  if (plain.letters === 0) return { likeness: "same", words: "the same" };
  const marks = { left: plain.left, right: plain.right };
  if (!shareScript(left, right)) {
    return acrossScripts(foldedWords(left, romanise), foldedWords(right, romanise));
  }
  // Names that only sound alike, as two Chinese ones may, are not spelled alike in their own script.
  const latin = isLatin(left) && isLatin(right);
  const fold = latin ? (text: string) => foldedWords(text, romanise) : plainWords;
  const one = fold(left);
  const other = fold(right);
  if (one.length > 0 && one.join("") === other.join("")) {
    return { likeness: "same", words: "the same but for accents, case or signs", marks };
  }
  if (sameWords(one, other)) return { likeness: "close", words: "the same words in another order" };
  const length = Math.max(lettersOf(left).length, lettersOf(right).length);
  if (plain.letters === 1 || plain.letters * 3 <= length) {
    const spelled = latin && soundsAlike(one, other) ? ", spelled alike without vowels" : "";
    return {
      likeness: "close",
      words: `differs by ${counted(plain.letters, "letter")}${spelled}`,
      marks,
    };
  }
  if (latin && soundsAlike(one, other)) {
    return { likeness: "close", words: "spelled alike without vowels", marks };
  }
  const common = one.filter((word) => word.length > 1 && other.includes(word)).length;
  if (common > 0) {
    const words = `${counted(common, "word")} in common`;
    return { likeness: "different", words, marks: wordMarks(left, right, fold) };
  }
  return { likeness: "different", words: "different" };
}

function acrossScripts(one: readonly string[], other: readonly string[]): Comparison {
  const latin = latinMarks(one, other);
  if (one.join("") === "" || other.join("") === "") {
    return { likeness: "unknown", words: "in another script" };
  }
  if (one.join("") === other.join("") || sameWords(one, other)) {
    return { likeness: "close", words: "another script; the same in Latin letters", latin };
  }
  if (soundsAlike(one, other)) {
    return { likeness: "close", words: "another script; alike in Latin letters but vowels", latin };
  }
  const letters = compareLetters(one.join(" "), other.join(" ")).letters;
  if (letters * 3 <= Math.max(one.join(" ").length, other.join(" ").length)) {
    const words = `another script; differs by ${counted(letters, "letter")} in Latin letters`;
    return { likeness: "close", words, latin };
  }
  return { likeness: "different", words: "another script; different in Latin letters too", latin };
}

function latinMarks(one: readonly string[], other: readonly string[]): Marks {
  const { left, right } = compareLetters(one.join(" "), other.join(" "));
  return { left, right };
}

/** Where names share whole words only, letters that happen to agree in the others say nothing. */
function wordMarks(left: string, right: string, fold: (text: string) => readonly string[]): Marks {
  const side = (text: string, others: ReadonlySet<string>) =>
    tokensOf(text).map((token) => ({
      text: token.text,
      same: fold(token.text).every((word) => others.has(word)),
    }));
  return { left: side(left, new Set(fold(right))), right: side(right, new Set(fold(left))) };
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && one.toSorted().join(" ") === other.toSorted().join(" ");
}

/** A skeleton of two letters or less fits too many names to say anything. */
function soundsAlike(one: readonly string[], other: readonly string[]): boolean {
  const skeleton = skeletonOf(one);
  return (
    skeleton.length > 2 &&
    (skeleton === skeletonOf(other) || skeletonOf(one.toSorted()) === skeletonOf(other.toSorted()))
  );
}

import type { Romanise } from "./comparison.ts";
import { isLatin } from "./scripts.ts";

const words = new Intl.Segmenter(undefined, { granularity: "word" });

/** A word of a text and what is between it and the next. */
export interface Token {
  readonly text: string;
  readonly isWord: boolean;
}

/** Splits a text where a reader of its script would; scripts without spaces included. */
export function tokensOf(text: string): readonly Token[] {
  return Array.from(words.segment(text.normalize("NFC")), (each) => ({
    text: each.segment,
    isWord: each.isWordLike === true,
  }));
}

/**
 * A word as others may spell it: without accents, case or signs, and in ASCII where it is Latin; two
 * words of another script that only sound alike stay two.
 */
export function foldWord(word: string, romanise: Romanise): string {
  if (!isLatin(word)) return plainWords(word).join("");
  return romanise(word.normalize("NFKC"))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "");
}

/**
 * The words of a name in ASCII. A script written without spaces comes out with a capital for each
 * syllable, which stay together: `ChenWei` is told apart from `Chen Wei` nowhere.
 */
export function foldedWords(text: string, romanise: Romanise): readonly string[] {
  return romanise(text.normalize("NFKC"))
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** The words of a name in its own script, without accents, case or signs. */
export function plainWords(text: string): readonly string[] {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/**
 * What is left of a romanised name once vowels go, which Arabic and Hebrew don't write and everybody
 * spells as they like, and double letters count once: `Mohammed` and `Muhammad` are both `mhmd`.
 */
export function skeletonOf(folded: readonly string[]): string {
  return folded
    .join("")
    .replaceAll(/[aeiouyw]/g, "")
    .replaceAll(/(.)\1+/g, "$1");
}

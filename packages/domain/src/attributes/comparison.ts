import type { Stretch } from "./letter-difference.ts";

/** How alike two values are, for signs beside the words; `unknown` where one side is missing. */
export const LIKENESSES = ["same", "close", "different", "unknown"] as const;
export type Likeness = (typeof LIKENESSES)[number];

/** Marked texts of both sides. */
export interface Marks {
  readonly left: readonly Stretch[];
  readonly right: readonly Stretch[];
}

/** Two values side by side: what to mark, and how they compare in words. */
export interface Comparison {
  readonly likeness: Likeness;
  /** A clause without anything of the values: "differs by 1 letter". */
  readonly words: string;
  /** Undefined where marks would say nothing. */
  readonly marks?: Marks;
  /** Both sides in Latin letters, where they had to be written so to be compared. */
  readonly latin?: Marks;
}

/** Writes any script in ASCII letters; the table is large, so whoever compares brings it. */
export type Romanise = (text: string) => string;

/** `1 letter`, `2 letters`. */
export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** The whole text as one stretch. */
export function whole(text: string, same: boolean): readonly Stretch[] {
  return text === "" ? [] : [{ text, same }];
}

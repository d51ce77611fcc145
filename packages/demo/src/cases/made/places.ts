import type { AncestryName } from "../../people/person.ts";

/** A name as its owner writes it, and as a machine reads it: the same where only one is given. */
export type Written = readonly [native: string, latin: string];

/** Names, places and documents of one region, for people who don't exist. */
export interface Place {
  readonly region: string;
  readonly languages: readonly string[];
  readonly gallery: string;
  readonly nationality: string;
  readonly ancestries: readonly [AncestryName, ...AncestryName[]];
  readonly surnames: readonly [Written, ...Written[]];
  readonly women: readonly [Written, ...Written[]];
  readonly men: readonly [Written, ...Written[]];
  /** Puts a name together in the region's order. */
  readonly fullName: (surname: string, given: string) => string;
  readonly streets: readonly [string, ...string[]];
  readonly cities: readonly [string, ...string[]];
  readonly address: (street: string, number: number, city: string) => string;
  readonly phone: string;
  readonly bank: string;
}

/** Reads "Native=Latin, Native=Latin"; a name without = is written alike in both. */
export function written(list: string): readonly [Written, ...Written[]] {
  const [first, ...rest] = list.split(",").map((item): Written => {
    const [native = "", latin = native] = item.trim().split("=");
    return [native, latin];
  });
  if (first === undefined) throw new RangeError("A list of names is empty.");
  return [first, ...rest];
}

export const givenFirst = (surname: string, given: string): string => `${given} ${surname}`;
export const surnameFirst = (surname: string, given: string): string => `${surname} ${given}`;

import { chiSquaredUpper } from "./distributions.ts";

/** One stratum: so many of the cell and of the others, and how many of each have the property. */
export interface Stratum {
  readonly cell: number;
  readonly cellWith: number;
  readonly others: number;
  readonly othersWith: number;
}

/** What the comparison of a cell with the others over strata gives. */
export interface Comparison {
  readonly p: number;
  /** The statistic, with one degree of freedom. */
  readonly chiSquared: number;
  /** More than expected, or less. */
  readonly direction: "higher" | "lower";
  /** How many of the cell would have the property, had it the others' shares in each stratum. */
  readonly expected: number;
}

/**
 * Whether a cell's share differs from the others', compared within strata so that another mix of work is
 * no difference: the Cochran–Mantel–Haenszel test with continuity correction. Mantel and Haenszel, JNCI
 * 22 (1959) 719–748. Undefined where no stratum tells anything.
 */
export function mantelHaenszel(strata: readonly Stratum[]): Comparison | undefined {
  let observed = 0;
  let mean = 0;
  let variance = 0;
  let expected = 0;
  for (const { cell, cellWith, others, othersWith } of strata) {
    const total = cell + others;
    if (cell === 0 || others === 0 || total < 2) continue;
    const having = cellWith + othersWith;
    observed += cellWith;
    mean += (cell * having) / total;
    variance += (cell * others * having * (total - having)) / (total * total * (total - 1));
    expected += (cell * othersWith) / others;
  }
  if (variance <= 0) return undefined;
  const distance = Math.max(0, Math.abs(observed - mean) - 0.5);
  const chiSquared = (distance * distance) / variance;
  return {
    p: chiSquaredUpper(chiSquared),
    chiSquared,
    direction: observed >= mean ? "higher" : "lower",
    expected,
  };
}

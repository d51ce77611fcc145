import { mantelHaenszel } from "./mantel-haenszel.ts";
import type { Cell, Family } from "./marking.ts";
import { SMALLEST_COUNT } from "./share.ts";

/** Counts of one cell in one stratum. */
export interface CountRow {
  readonly cell: string;
  /** Work of the same kind; cells are compared within it. */
  readonly stratum: string;
  readonly numerator: number;
  readonly denominator: number;
  /** Another cell whose mark explains this row away: left out once that one is marked. */
  readonly explainedBy?: string;
}

/**
 * The cells of a share, each compared with all the others within strata (Mantel–Haenszel). Cells of fewer
 * than 30 are not compared, but they are among the others: left out, two large cells would be compared
 * with each other alone, and either could be the one that differs.
 */
export function shareCells(rows: readonly CountRow[]): Family {
  const sizes = new Map<string, number>();
  for (const { cell, denominator } of rows) {
    sizes.set(cell, (sizes.get(cell) ?? 0) + denominator);
  }
  return [...sizes]
    .filter(([, size]) => size >= SMALLEST_COUNT)
    .map(([cell]) => shareCell(cell, rows));
}

function shareCell(id: string, rows: readonly CountRow[]): Cell {
  return {
    id,
    compare(marked) {
      const strata = new Map<string, [number, number, number, number]>();
      let numerator = 0;
      let denominator = 0;
      for (const row of rows) {
        const own = row.cell === id;
        if (!own && marked.has(row.cell)) continue;
        if (row.explainedBy !== undefined && marked.has(row.explainedBy)) continue;
        const counts = strata.get(row.stratum) ?? [0, 0, 0, 0];
        const at = own ? 0 : 2;
        counts[at] = (counts[at] ?? 0) + row.denominator;
        counts[at + 1] = (counts[at + 1] ?? 0) + row.numerator;
        strata.set(row.stratum, counts);
        if (!own) continue;
        numerator += row.numerator;
        denominator += row.denominator;
      }
      const comparison = mantelHaenszel(
        [...strata.values()].map(([cell, cellWith, others, othersWith]) => ({
          cell,
          cellWith,
          others,
          othersWith,
        })),
      );
      if (comparison === undefined || denominator === 0) return undefined;
      return {
        p: comparison.p,
        strength: comparison.chiSquared,
        direction: comparison.direction,
        value: numerator / denominator,
        reference: comparison.expected / denominator,
      };
    },
  };
}

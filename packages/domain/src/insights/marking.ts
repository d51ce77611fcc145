import { discoveries } from "./benjamini-hochberg.ts";

/** A cell against the others, as a test saw it. */
export interface Finding {
  readonly p: number;
  /** The test's statistic: tells apart what is too small to be told apart by `p`. */
  readonly strength: number;
  readonly direction: "higher" | "lower";
  /** The cell's own value, and what it would be if it were like the others. */
  readonly value: number;
  readonly reference: number;
}

/** One cell of the page. `compare` leaves cells that are marked out of the others, by their ids. */
export interface Cell {
  readonly id: string;
  compare(marked: ReadonlySet<string>): Finding | undefined;
}

/** Cells that are compared with each other, such as the reviewers of one figure. */
export type Family = readonly Cell[];

/** A cell that differs. */
export interface Mark extends Finding {
  readonly id: string;
}

/** As a ratio. Of a million decisions a hundredth more is beyond chance, too, and nothing to look into. */
const SMALLEST_DIFFERENCE = 0.05;

/**
 * Marks the cells that differ, at Benjamini–Hochberg 1 % over all cells of the page, and by at least
 * `SMALLEST_DIFFERENCE` of the value that they would have if they were like the others. A cell that
 * differs also shifts what the others are compared with, and would make them differ from it; so in each
 * family the clearest discovery is marked and left out of the others, and all are compared anew, until
 * there is no further one. What comes back is compared with the unmarked ones.
 */
export function markDifferences(families: readonly Family[]): readonly Mark[] {
  const marked = new Set<string>();
  for (;;) {
    const compared = compareAll(families, marked);
    const found = discoveries(compared.map(({ finding }) => finding.p));
    const fresh = compared.filter(
      ({ cell, finding }, at) => found[at] === true && matters(finding) && !marked.has(cell.id),
    );
    if (fresh.length === 0) {
      return compared.flatMap(({ cell, finding }, at) =>
        marked.has(cell.id) && found[at] === true && matters(finding)
          ? [{ ...finding, id: cell.id }]
          : [],
      );
    }
    for (const family of families) {
      const clearest = fresh
        .filter(({ cell }) => family.includes(cell))
        .toSorted((one, other) => other.finding.strength - one.finding.strength)[0];
      if (clearest !== undefined) marked.add(clearest.cell.id);
    }
  }
}

function matters({ value, reference }: Finding): boolean {
  return Math.abs(value - reference) >= SMALLEST_DIFFERENCE * reference;
}

function compareAll(
  families: readonly Family[],
  marked: ReadonlySet<string>,
): readonly { readonly cell: Cell; readonly finding: Finding }[] {
  return families.flat().flatMap((cell) => {
    const finding = cell.compare(marked);
    return finding === undefined ? [] : [{ cell, finding }];
  });
}

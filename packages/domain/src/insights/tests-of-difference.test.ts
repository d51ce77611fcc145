import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { discoveries } from "./benjamini-hochberg.ts";
import { chiSquaredUpper, studentQuantile95, studentTwoSided } from "./distributions.ts";
import { mantelHaenszel } from "./mantel-haenszel.ts";

describe("Benjamini–Hochberg", () => {
  /** The fifteen p-values of Benjamini and Hochberg (1995), section 4. */
  const published = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ];

  test("finds four of the published fifteen at 5 %, and three at 1 %", () => {
    expect(discoveries(published, 0.05).filter(Boolean)).toHaveLength(4);
    expect(discoveries(published).filter(Boolean)).toHaveLength(3);
  });

  test("steps up: a p-value above its own limit is found where a larger one is within its", () => {
    expect(discoveries([0.009, 0.0099], 0.01)).toEqual([true, true]);
    expect(discoveries([0.009, 0.5], 0.01)).toEqual([false, false]);
  });

  test("answers in the order asked; nothing of nothing", () => {
    expect(discoveries([1, 0.0001, 0.5])).toEqual([false, true, false]);
    expect(discoveries([])).toEqual([]);
  });

  test("never finds more than testing each alone would", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ps) =>
        discoveries(ps).every((found, at) => !found || (ps[at] ?? 1) <= 0.01),
      ),
    );
  });
});

describe("distributions", () => {
  test.each([
    [1, 12.706],
    [10, 2.228],
    [30, 2.042],
    [1_000, 1.962],
  ])("Student's t with %i degrees is as tabled", (degrees, quantile) => {
    expect(studentQuantile95(degrees)).toBeCloseTo(quantile, 3);
    expect(studentTwoSided(quantile, degrees)).toBeCloseTo(0.05, 4);
  });

  test.each([
    [3.841, 0.05],
    [6.635, 0.01],
    [10.828, 0.001],
    [0.004, 0.95],
  ])("chi-squared %d with one degree has the tabled tail", (x, p) => {
    expect(chiSquaredUpper(x)).toBeCloseTo(p, 3);
  });

  test("tails stay usable far out", () => {
    expect(chiSquaredUpper(400)).toBeGreaterThan(0);
    expect(chiSquaredUpper(400)).toBeLessThan(1e-80);
    expect(studentTwoSided(0, 5)).toBeCloseTo(1, 12);
  });
});

describe("Mantel–Haenszel", () => {
  /** Admissions to Berkeley 1973 by department: men admitted and refused, women admitted and refused. */
  const berkeley = [
    [512, 313, 89, 19],
    [353, 207, 17, 8],
    [120, 205, 202, 391],
    [138, 279, 131, 244],
    [53, 138, 94, 299],
    [22, 351, 24, 317],
  ] as const;

  test("of the Berkeley admissions is 1.4269, as R's mantelhaen.test documents", () => {
    const result = mantelHaenszel(
      berkeley.map(([men, menNot, women, womenNot]) => ({
        cell: men + menNot,
        cellWith: men,
        others: women + womenNot,
        othersWith: women,
      })),
    );
    expect(result?.chiSquared).toBeCloseTo(1.4269, 4);
    expect(result?.p).toBeCloseTo(0.2323, 4);
  });

  test("tells nothing where there is nobody to compare with, or nobody differs", () => {
    expect(mantelHaenszel([])).toBeUndefined();
    expect(mantelHaenszel([{ cell: 5, cellWith: 2, others: 0, othersWith: 0 }])).toBeUndefined();
    expect(mantelHaenszel([{ cell: 5, cellWith: 0, others: 9, othersWith: 0 }])).toBeUndefined();
  });
});

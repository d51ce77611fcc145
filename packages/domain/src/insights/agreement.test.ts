import { describe, expect, test } from "vitest";
import {
  type Coefficient,
  cohenKappa,
  gwetAc1,
  krippendorffAlpha,
  krippendorffAlphaOfPairs,
} from "./agreement.ts";

const valueOf = (coefficient: Coefficient): number =>
  coefficient.state === "defined" ? coefficient.value : Number.NaN;

describe("agreement of two raters", () => {
  test("Cohen's kappa is as published", () => {
    const even = [
      [20, 5],
      [10, 15],
    ];
    expect(valueOf(cohenKappa(even))).toBeCloseTo(0.4, 10);
  });

  test("with one prevailing category kappa falls below 0 and AC1 does not", () => {
    const skewed = [
      [118, 5],
      [2, 0],
    ];
    expect(valueOf(cohenKappa(skewed))).toBeCloseTo(-0.0234, 4);
    expect(valueOf(gwetAc1(skewed))).toBeCloseTo(0.9408, 4);
  });

  test("complete agreement over two categories is 1 by each", () => {
    const table = [
      [40, 0],
      [0, 2],
    ];
    const pairs = [
      { first: "a", second: "a", count: 40 },
      { first: "b", second: "b", count: 2 },
    ];
    for (const each of [cohenKappa(table), gwetAc1(table), krippendorffAlphaOfPairs(pairs)]) {
      expect(valueOf(each)).toBeCloseTo(1, 10);
    }
  });

  test("of nothing, and of one category alone, no coefficient is defined", () => {
    const nothing = { state: "not_defined", reason: "nothing" };
    const one = { state: "not_defined", reason: "one_category" };
    for (const each of [cohenKappa, gwetAc1]) {
      expect(each([])).toEqual(nothing);
      expect(
        each([
          [0, 0],
          [0, 0],
        ]),
      ).toEqual(nothing);
      expect(
        each([
          [7, 0],
          [0, 0],
        ]),
      ).toEqual(one);
    }
    expect(krippendorffAlpha([])).toEqual(nothing);
    expect(krippendorffAlpha([["a", "a"]])).toEqual(one);
    expect(krippendorffAlphaOfPairs([])).toEqual(nothing);
  });
});

/** Krippendorff (2011): four observers, twelve units, some ratings missing. */
const PUBLISHED = [
  "1 2 3 3 2 1 4 1 2 . . .",
  "1 2 3 3 2 2 4 1 2 5 . 3",
  ". 3 3 3 2 3 4 2 2 5 1 .",
  "1 2 3 3 2 4 4 1 2 5 1 .",
].map((row) => row.split(" ").map((rating) => (rating === "." ? null : rating)));
const UNITS = Array.from({ length: 12 }, (_, unit) => PUBLISHED.map((row) => row[unit] ?? null));

describe("Krippendorff's alpha", () => {
  test("of the published example is 0.743", () => {
    expect(valueOf(krippendorffAlpha(UNITS))).toBeCloseTo(0.743, 3);
  });

  test("leaves units without a second rater out", () => {
    const more = [...UNITS, ["9", null], [null, null], []];
    expect(valueOf(krippendorffAlpha(more))).toBe(valueOf(krippendorffAlpha(UNITS)));
    expect(krippendorffAlpha([["a"], ["b", null]])).toEqual({
      state: "not_defined",
      reason: "nothing",
    });
  });

  test("is the same from units and from counts of pairs", () => {
    const pairs = [
      { first: "a", second: "a", count: 5 },
      { first: "a", second: "b", count: 2 },
      { first: "b", second: "b", count: 3 },
    ];
    const units = pairs.flatMap(({ first, second, count }) =>
      Array.from({ length: count }, () => [first, second]),
    );
    expect(valueOf(krippendorffAlphaOfPairs(pairs))).toBeCloseTo(
      valueOf(krippendorffAlpha(units)),
      12,
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { greyOf, sharpestOf, sharpnessOf } from "./sharpness.ts";

const SIDE = 12;
const picture = fc.array(fc.integer({ min: 0, max: 200 }), {
  minLength: SIDE * SIDE,
  maxLength: SIDE * SIDE,
});

function blurred(grey: readonly number[]): number[] {
  return grey.map((value, at) => {
    const around = [at - SIDE, at + SIDE, at - 1, at + 1].map((index) => grey[index] ?? value);
    return (value + around.reduce((sum, each) => sum + each, 0)) / 5;
  });
}

describe("sharpness", () => {
  it("is nothing for an even surface and for an even slope", () => {
    expect(
      sharpnessOf(
        Array.from({ length: 25 }, () => 9),
        5,
        5,
      ),
    ).toBe(0);
    const slope = Array.from({ length: 25 }, (_, at) => 3 * (at % 5) + 7 * Math.floor(at / 5));
    expect(sharpnessOf(slope, 5, 5)).toBe(0);
    expect(sharpnessOf([], 0, 0)).toBe(0);
  });

  it("is the variance of the Laplacian: one point of 1 in 5 × 5 gives 20/9", () => {
    const point = Array.from({ length: 25 }, () => 0);
    point[12] = 1;
    expect(sharpnessOf(point, 5, 5)).toBeCloseTo(20 / 9);
  });

  it("does not depend on how bright a picture is, and never grows with a blur", () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 1, max: 55 }), (grey, more) => {
        const before = sharpnessOf(grey, SIDE, SIDE);
        const brighter = grey.map((value) => value + more);
        expect(sharpnessOf(brighter, SIDE, SIDE)).toBeCloseTo(before, 5);
        expect(sharpnessOf(blurred(blurred(grey)), SIDE, SIDE)).toBeLessThanOrEqual(before + 1e-9);
      }),
    );
  });

  it("weighs colours into grey", () => {
    expect([...greyOf(Uint8ClampedArray.of(255, 255, 255, 255, 0, 255, 0, 255))]).toEqual([
      expect.closeTo(255, 3),
      expect.closeTo(149.685, 3),
    ]);
  });
});

describe("the sharpest frames", () => {
  it("are the sharpest, from different moments, in the clip's order", () => {
    expect(sharpestOf([1, 9, 8, 2, 7, 3], 2, 2)).toEqual([1, 4]);
    expect(sharpestOf([5, 5, 5], 5, 1)).toEqual([0, 1, 2]);
    expect(sharpestOf([], 3, 1)).toEqual([]);
  });

  it("always hold the very sharpest one and keep their distance", () => {
    const values = fc.array(fc.double({ min: 0, max: 9e3, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 9 }),
        (all, most, apart) => {
          const chosen = sharpestOf(all, most, apart);
          expect(chosen.length).toBeLessThanOrEqual(most);
          expect(chosen.map((index) => all[index])).toContain(Math.max(...all));
          for (const [at, index] of chosen.slice(1).entries()) {
            expect(index - (chosen[at] ?? 0)).toBeGreaterThanOrEqual(apart);
          }
        },
      ),
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bucketOf,
  BUCKETS,
  LARGEST_ERROR,
  merge,
  percentileOf,
  secondsOf,
  typicalSeconds,
} from "./histogram.ts";

const times = fc.array(fc.integer({ min: 1_000, max: 1_670_000 }), {
  minLength: 1,
  maxLength: 300,
});

function histogramOf(milliseconds: readonly number[]): number[] {
  const histogram = Array.from({ length: BUCKETS }, () => 0);
  for (const each of milliseconds) {
    const bucket = bucketOf(each);
    histogram[bucket] = (histogram[bucket] ?? 0) + 1;
  }
  return histogram;
}

describe("handle times", () => {
  test("a percentile is within the stated error of the exact one", () => {
    fc.assert(
      fc.property(times, fc.constantFrom(50, 90, 95, 100), (given, percent) => {
        const sorted = given.toSorted((one, other) => one - other);
        const exact = (sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0) / 1_000;
        const read = percentileOf(histogramOf(given), percent) ?? 0;
        expect(Math.abs(read / exact - 1)).toBeLessThanOrEqual(LARGEST_ERROR + 1e-9);
      }),
    );
  });

  test("histograms of parts add up to that of the whole", () => {
    fc.assert(
      fc.property(times, times, (one, other) => {
        expect(merge([histogramOf(one), histogramOf(other)])).toEqual(
          histogramOf([...one, ...other]),
        );
      }),
    );
  });

  test("of nothing there is no percentile; one is every percentile", () => {
    expect(percentileOf(histogramOf([]), 50)).toBeNull();
    expect(typicalSeconds(0, 0)).toBeNull();
    const one = histogramOf([60_000]);
    expect([1, 50, 99].map((percent) => percentileOf(one, percent))).toEqual(
      Array.from({ length: 3 }, () => secondsOf(bucketOf(60_000))),
    );
  });

  test("what is too short or too long lies in the first or the last bucket", () => {
    expect([0, 999, 1_000, 1_124, 1_126].map(bucketOf)).toEqual([0, 0, 1, 1, 2]);
    expect(bucketOf(1e9)).toBe(BUCKETS - 1);
  });
});

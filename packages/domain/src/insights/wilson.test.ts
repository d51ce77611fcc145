import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareOf } from "./share.ts";
import { sampleSizeFor, sampleSizeIfNone, wilsonInterval } from "./wilson.ts";

describe("Wilson's interval", () => {
  test.each([
    [0, 300, 0, 0.01264],
    [0, 30, 0, 0.1135],
    [3, 30, 0.0346, 0.2562],
    [14, 100, 0.0853, 0.2214],
  ])("of %i of %i is as published", (numerator, denominator, low, high) => {
    const interval = wilsonInterval(numerator, denominator);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  test("of nothing there is none; of all it ends at 1", () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(wilsonInterval(1, 1)?.high).toBe(1);
    expect(wilsonInterval(7, 7)?.high).toBe(1);
  });

  test("holds the share and stays within 0 and 1", () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), (a, b) => {
        fc.pre(a + b > 0);
        const interval = wilsonInterval(a, a + b);
        const share = a / (a + b);
        return (
          interval !== null &&
          interval.low >= 0 &&
          interval.low <= share &&
          share <= interval.high &&
          interval.high <= 1
        );
      }),
    );
  });
});

describe("a share", () => {
  test("is held back under 30, and where nothing was counted", () => {
    expect(shareOf(0, 0)).toEqual({ state: "held_back", reason: "nothing" });
    expect(shareOf(29, 29)).toEqual({ state: "held_back", reason: "under_30" });
    expect(shareOf(15, 30)).toMatchObject({ state: "known", value: 0.5 });
  });
});

describe("a random sample", () => {
  test("is as large as the interval needs: Wilson's upper end of 0 of 300 is 1.264 %", () => {
    expect(sampleSizeIfNone(0.01264)).toBe(301);
    expect(sampleSizeIfNone(0.012644)).toBe(300);
  });

  test("for ±5 % of an unknown share takes 381 cases, near the textbook's 385", () => {
    const n = sampleSizeFor(0.5, 0.05);
    expect(n).toBe(381);
    const at = (size: number) => wilsonInterval(size / 2, size);
    const half = (size: number) => ((at(size)?.high ?? 1) - (at(size)?.low ?? 0)) / 2;
    expect(half(n)).toBeLessThanOrEqual(0.05);
    expect(half(n - 1)).toBeGreaterThan(0.05);
  });
});

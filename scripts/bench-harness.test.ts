import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { alternate, createReport, median, percentile, spread } from "./bench-harness.ts";

describe("the bench harness", () => {
  test("takes both measures in each round and starts with the other one each time", async () => {
    const order: string[] = [];
    const measure = (name: string, figures: number[]) => async () => {
      order.push(name);
      return figures.shift() ?? Number.NaN;
    };
    const result = await alternate(measure("a", [10, 12, 8, 20, 6]), measure("b", [5, 6, 4, 5, 6]));
    expect(order.join("")).toBe("abbaabbaab");
    expect(result.rounds).toBe(5);
    expect(result.a).toEqual({ median: 10, lowest: 6, highest: 20 });
    expect(result.b).toEqual({ median: 5, lowest: 4, highest: 6 });
    expect(result.ratio).toEqual({ median: 2, lowest: 1, highest: 4 });
  });

  test("refuses fewer than five rounds", async () => {
    const one = async () => 1;
    await expect(alternate(one, one, 4)).rejects.toThrow(/at least 5/);
  });

  test("gives percentiles by nearest rank", () => {
    // The worked example of the nearest-rank method: 15, 20, 35, 40, 50.
    const values = [50, 15, 40, 20, 35];
    expect([5, 30, 40, 50, 100].map((p) => percentile(values, p))).toEqual([15, 20, 20, 35, 50]);
    expect(() => percentile([], 50)).toThrow(/no values/);
    expect(() => median([])).toThrow(/no values/);
  });

  test("keeps lowest, median and highest in order, each within what was measured", () => {
    const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 100 }), (values, p) => {
        const { lowest, median: middle, highest } = spread(values);
        return lowest <= middle && middle <= highest && values.includes(percentile(values, p));
      }),
    );
  });

  test("prints absolute values, the ratio and whether what was asked is met", () => {
    const lines: string[] = [];
    const report = createReport((line) => lines.push(line));
    const three = { median: 2, lowest: 1.5, highest: 2.5 };
    report.comparison(["group", "single"], { rounds: 5, a: three, b: three, ratio: three }, "/s", {
      atLeast: 2,
    });
    report.figure("claim p99", 21, "ms", { atMost: 20 });
    report.figure("jobs", 1234, "/s");
    expect(lines).toEqual([
      "  group: 2 /s (1.5 to 2.5)",
      "  single: 2 /s (1.5 to 2.5)",
      "  group ÷ single: 2 × (1.5 to 2.5), 5 rounds; asked: at least 2, met",
      "  claim p99: 21 ms; asked: at most 20, NOT met",
      "  jobs: 1,230 /s",
    ]);
  });
});

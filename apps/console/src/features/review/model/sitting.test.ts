import { describe, expect, it } from "vitest";
import { active, later, offersBreak, startSitting } from "./sitting.ts";

const MINUTE = 60_000;

function atWork(from: number, minutes: number, sitting = startSitting(from)) {
  let now = sitting;
  for (let minute = 1; minute <= minutes; minute += 1) now = active(now, from + minute * MINUTE);
  return now;
}

describe("breaks", () => {
  it("are offered after fifty minutes at work, and not before", () => {
    expect(offersBreak(atWork(0, 49), 49 * MINUTE)).toBe(false);
    expect(offersBreak(atWork(0, 50), 50 * MINUTE)).toBe(true);
  });

  it("begin a new sitting", () => {
    const rested = active(atWork(0, 49), 55 * MINUTE);
    expect(offersBreak(rested, 56 * MINUTE)).toBe(false);
    expect(rested.since).toBe(55 * MINUTE);
  });

  it("are not offered to somebody who is away, and again some time after “later”", () => {
    const long = atWork(0, 50);
    expect(offersBreak(long, 56 * MINUTE)).toBe(false);
    const put = later(long, 50 * MINUTE);
    expect(offersBreak(atWork(50 * MINUTE, 24, put), 74 * MINUTE)).toBe(false);
    expect(offersBreak(atWork(50 * MINUTE, 25, put), 75 * MINUTE)).toBe(true);
  });
});

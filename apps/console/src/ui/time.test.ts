import { describe, expect, it } from "vitest";
import { clockOf, dueIn, lengthOf } from "./time.ts";

const now = Date.parse("2026-11-23T12:00:00Z");

describe("times in words", () => {
  it("names two units at most", () => {
    expect(lengthOf(30_000)).toBe("less than a minute");
    expect(lengthOf(5 * 60_000 + 1)).toBe("5 m");
    expect(lengthOf(3 * 3_600_000 + 12 * 60_000)).toBe("3 h 12 m");
    expect(lengthOf(2 * 86_400_000)).toBe("2 d");
  });

  it("tells due from overdue", () => {
    expect(dueIn("2026-11-23T15:12:00Z", now)).toBe("due in 3 h 12 m");
    expect(dueIn("2026-11-23T11:00:00Z", now)).toBe("overdue by 1 h");
  });

  it("counts a lease down without going below nothing", () => {
    expect(clockOf(108_000)).toBe("1:48");
    expect(clockOf(-5)).toBe("0:00");
  });
});

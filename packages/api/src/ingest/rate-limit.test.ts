import { expect, test } from "vitest";
import { createRateLimit } from "./rate-limit.ts";

test("a burst is let through, then the rate, each source by itself", () => {
  let at = Date.parse("2026-11-02T09:00:00Z");
  const limit = createRateLimit({ perSecond: 20, burst: 60 }, () => new Date(at));
  const passed = (source: string): number =>
    Array.from({ length: 100 }, () => limit.take(source)).filter((wait) => wait === 0).length;
  expect(passed("a")).toBe(60);
  expect(passed("a")).toBe(0);
  expect(passed("b")).toBe(60);
  at += 1000;
  expect(passed("a")).toBe(20);
  at += 3_600_000;
  expect(passed("a")).toBe(60);
});

test("a refused request is told when to come again, also after the clock was set back", () => {
  let at = Date.parse("2026-11-02T09:00:00Z");
  const limit = createRateLimit({ perSecond: 0.25, burst: 1 }, () => new Date(at));
  expect(limit.take("a")).toBe(0);
  expect(limit.take("a")).toBe(4);
  at -= 3_600_000;
  expect(limit.take("a")).toBe(4);
  at += 4000;
  expect(limit.take("a")).toBe(0);
});

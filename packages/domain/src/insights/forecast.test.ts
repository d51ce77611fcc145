import { describe, expect, test } from "vitest";
import { firstBreach } from "./breach.ts";
import { forecastBacklog, forecastDays, meanOf } from "./forecast.ts";
import { addDays, eachDay, weekday } from "./reporting-day.ts";
import { whatIf } from "./what-if.ts";

const now = new Date("2026-11-23T08:00:00Z");
const inHours = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
const rate = (expected: number, low = expected, high = expected) => ({ expected, low, high });

describe("a forecast", () => {
  const history = eachDay("2026-08-03", addDays("2026-08-03", 7 * 10 - 1)).map((day) => ({
    day,
    count: weekday(day) === 0 ? 200 : 100,
  }));

  test("expects each day like the same weekday before", () => {
    const ahead = forecastDays(history, 7);
    expect(ahead?.map(({ expected }) => expected)).toEqual([200, 100, 100, 100, 100, 100, 100]);
    expect(ahead?.[0]).toMatchObject({ day: "2026-10-12", low: 200, high: 200 });
  });

  test("has the textbook's prediction interval", () => {
    // Mondays of 90, 100 and 110: mean 100, s = 10, t(2) = 4.303, half = 4.303 · 10 · √(4/3) = 49.68.
    const three = history.slice(0, 21).map(({ day }, at) => ({
      day,
      count: weekday(day) === 0 ? 90 + 10 * Math.floor(at / 7) : 50,
    }));
    const monday = forecastDays(three, 1)?.[0];
    expect(monday?.expected).toBe(100);
    expect(monday?.low).toBeCloseTo(100 - 49.68, 1);
  });

  test("needs three weeks, and of nothing makes nothing", () => {
    expect(forecastDays(history.slice(0, 20), 7)).toBeNull();
    expect(forecastDays([], 7)).toBeNull();
    expect(meanOf([])).toBeNull();
    expect(meanOf([5])).toBeNull();
  });

  test("of the backlog adds arrivals and takes completions away, not below nothing", () => {
    const arrivals = ["2026-11-24", "2026-11-25"].map((day) => ({ day, ...rate(10, 6, 14) }));
    const [one, two] = forecastBacklog(20, arrivals, [rate(13, 10, 16), rate(40, 40, 40)]);
    expect(one).toEqual({ day: "2026-11-24", expected: 17, low: 12, high: 22 });
    expect(two).toMatchObject({ expected: 0, low: 0 });
  });
});

describe("time to first breach", () => {
  test("is now where something is late", () => {
    const due = [{ dueAt: inHours(-1), count: 2 }];
    expect(firstBreach(now, due, rate(100))).toEqual({ state: "late_already", late: 2 });
  });

  test("is when the work before a due time takes longer than until then", () => {
    const due = [
      { dueAt: inHours(1), count: 5 },
      { dueAt: inHours(2), count: 20 },
      { dueAt: inHours(10), count: 5 },
    ];
    expect(firstBreach(now, due, rate(10, 4, 20))).toEqual({
      state: "forecast",
      expected: inHours(2),
      earliest: inHours(1),
      latest: null,
    });
  });

  test("of an empty queue there is none; without a rate it is not known", () => {
    const none = { state: "forecast", expected: null, earliest: null, latest: null };
    expect(firstBreach(now, [], null)).toEqual(none);
    const due = [{ dueAt: inHours(5), count: 1 }];
    expect(firstBreach(now, due, null)).toEqual({ state: "no_rate" });
    expect(firstBreach(now, due, rate(0))).toMatchObject({ expected: inHours(5) });
  });
});

describe("another threshold", () => {
  const band = (at: number, cases: number, same: number) => ({
    band: at,
    cases,
    answered: cases,
    same,
    confirmedHere: same,
    handled: cases,
    handleMs: cases * 3_600_000,
    rounds: cases,
  });
  const counts = [band(9, 100, 10), band(11, 100, 40), band(13, 100, 90), band(-1, 20, 5)];

  test("keeps what reaches it and what has no score; the confirmed below it would have been missed", () => {
    expect(whatIf(counts, 96.5, 0.05)).toMatchObject({
      threshold: 96,
      cases: { reviewed: 320, stay: 220, undisclosed: 20 },
      missed: { numerator: 10, denominator: 145 },
      hours: { reviewed: 320, stay: 220 },
      knownFrom: 92,
      sample: { precision: 0.05, anyShare: 381, ifNone: 73 },
    });
  });

  test("of nothing says nothing", () => {
    expect(whatIf([], 90, 0.1)).toMatchObject({
      hours: null,
      knownFrom: null,
      missed: { state: "held_back", reason: "nothing" },
    });
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  eachDay,
  isTimeZone,
  reportingDay,
  type Grain,
  type Span,
  spansOf,
  weekday,
  weekOf,
} from "./reporting-day.ts";

describe("the reporting day", () => {
  test.each([
    // Berlin sets its clocks forward on 2026-03-29 at 01:00 UTC and back on 2026-10-25.
    ["2026-03-28T22:59:59.999Z", "Europe/Berlin", "2026-03-28"],
    ["2026-03-28T23:00:00.000Z", "Europe/Berlin", "2026-03-29"],
    ["2026-03-29T21:59:59.999Z", "Europe/Berlin", "2026-03-29"],
    ["2026-03-29T22:00:00.000Z", "Europe/Berlin", "2026-03-30"],
    ["2026-10-25T22:59:59.999Z", "Europe/Berlin", "2026-10-25"],
    ["2026-10-25T23:00:00.000Z", "Europe/Berlin", "2026-10-26"],
    ["2026-11-02T17:00:00.000Z", "Asia/Ho_Chi_Minh", "2026-11-03"],
    ["2026-11-02T17:00:00.000Z", "UTC", "2026-11-02"],
  ])("of %s in %s is %s", (instant, zone, day) => {
    expect(reportingDay(new Date(instant), zone)).toBe(day);
  });

  test("time zones go by their names; offsets and nonsense are refused", () => {
    expect(["UTC", "Europe/Berlin", "America/Argentina/Ushuaia"].every(isTimeZone)).toBe(true);
    expect(["+02:00", "Europe/Berln", "", "UTC; drop", "02:00"].some(isTimeZone)).toBe(false);
  });

  test("weeks begin on Monday", () => {
    expect(weekday("2026-11-23")).toBe(0);
    expect(weekOf("2026-11-29")).toBe("2026-11-23");
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  });
});

describe("spans of whole months, weeks of months and days", () => {
  const day = fc.integer({ min: 0, max: 1_200 }).map((days) => addDays("2025-01-01", days));
  const grains = fc.constantFrom<readonly Grain[]>(
    ["day"],
    ["month", "day"],
    ["month", "week of month", "day"],
  );

  /** The days of all units of a span, each unit ending before the next begins. */
  function daysOf({ grain, from, to }: Span): readonly string[] {
    if (grain === "day") return eachDay(from, to);
    const starts = (each: string): boolean =>
      grain === "month" ? each.endsWith("-01") : /-(?:01|08|15|22)$/.test(each);
    let end = to;
    while (!starts(addDays(end, 1))) end = addDays(end, 1);
    return eachDay(from, end);
  }

  test("hold each day once, in order", () => {
    fc.assert(
      fc.property(day, fc.nat(500), grains, (from, length, allowed) => {
        const to = addDays(from, length);
        expect(spansOf(from, to, allowed).flatMap(daysOf)).toEqual(eachDay(from, to));
      }),
    );
  });

  test("a whole year is months alone, and a day that never came is nothing", () => {
    expect(spansOf("2026-01-01", "2026-12-31", ["month", "week of month", "day"])).toEqual([
      { grain: "month", from: "2026-01-01", to: "2026-12-01" },
    ]);
    expect(spansOf("2026-01-02", "2026-01-01", ["month", "day"])).toEqual([]);
  });

  test("28 days are weeks of months, with days at the ends", () => {
    expect(spansOf("2026-11-03", "2026-11-30", ["month", "week of month", "day"])).toEqual([
      { grain: "day", from: "2026-11-03", to: "2026-11-07" },
      { grain: "week of month", from: "2026-11-08", to: "2026-11-22" },
    ]);
  });
});

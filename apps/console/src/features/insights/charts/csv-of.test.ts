import { describe, expect, it } from "vitest";
import { csvOf } from "./csv-of.ts";
import { flowDays, flowTable } from "./flow-days.ts";

const RANGE = { expected: 1_200, low: 900, high: 1_500 };
const BACKLOG = {
  history: [
    { day: "2026-11-21", arrivals: 10, completed: 8 },
    { day: "2026-11-22", arrivals: 12, completed: 0 },
  ],
  forecast: {
    arrivals: [{ day: "2026-11-23", ...RANGE }],
    completions: [{ day: "2026-11-23", ...RANGE }],
    backlog: [{ day: "2026-11-23", ...RANGE }],
  },
};

describe("what a chart draws, as a file", () => {
  it("is what the table shows, and its numbers are numbers", () => {
    expect(csvOf(flowTable(flowDays(BACKLOG)))).toBe(
      [
        "Day,Arrived,Completed,Waiting at its end",
        "21 Nov,10,8,–",
        "22 Nov,12,0,–",
        '23 Nov,"1200 expected, 900 to 1500","1200 expected, 900 to 1500","1200 expected, 900 to 1500"',
        "",
      ].join("\r\n"),
    );
  });

  it("joins the forecast to the last day of the past, and to none where there is no forecast", () => {
    expect(flowDays(BACKLOG).map(({ joins }) => joins)).toEqual([false, true, false]);
    expect(flowDays({ ...BACKLOG, forecast: null }).map(({ joins }) => joins)).toEqual([
      false,
      false,
    ]);
  });
});

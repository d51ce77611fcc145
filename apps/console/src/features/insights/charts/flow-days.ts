import type { Day } from "@secondlook/domain/insights/reporting-day";
import type { Range } from "@secondlook/domain/insights/forecast";
import type { Backlog } from "../../../lib/contract.ts";
import { countWords, dayWords } from "../words.ts";
import type { ChartTable } from "./csv-of.ts";

/** A day of the chart: what happened, or what is expected. */
export interface FlowDay {
  readonly day: Day;
  readonly arrivals: number | null;
  readonly completed: number | null;
  readonly ahead: {
    readonly arrivals: Range;
    readonly completed: Range;
    readonly backlog: Range;
  } | null;
  /** The last day of the past, from which the forecast's lines start. */
  readonly joins: boolean;
}

/** The past days and those ahead in one line. */
export function flowDays({ history, forecast }: Pick<Backlog, "history" | "forecast">): FlowDay[] {
  const past = history.map(({ day, arrivals, completed }, at) => ({
    day,
    arrivals,
    completed,
    ahead: null,
    joins: at === history.length - 1 && forecast !== null,
  }));
  const ahead = (forecast?.arrivals ?? []).flatMap((arrivals, at) => {
    const completed = forecast?.completions[at];
    const backlog = forecast?.backlog[at];
    return completed === undefined || backlog === undefined
      ? []
      : [
          {
            day: arrivals.day,
            arrivals: null,
            completed: null,
            ahead: { arrivals, completed, backlog },
            joins: false,
          },
        ];
  });
  return [...past, ...ahead];
}

/** The same as a table. */
export function flowTable(days: readonly FlowDay[]): ChartTable {
  const range = ({ expected, low, high }: Range): string =>
    `${countWords(expected)} expected, ${countWords(low)} to ${countWords(high)}`;
  return {
    head: ["Day", "Arrived", "Completed", "Waiting at its end"],
    rows: days.map(({ day, arrivals, completed, ahead }) =>
      ahead === null
        ? [dayWords(day), countWords(arrivals ?? 0), countWords(completed ?? 0), "–"]
        : [dayWords(day), range(ahead.arrivals), range(ahead.completed), range(ahead.backlog)],
    ),
  };
}

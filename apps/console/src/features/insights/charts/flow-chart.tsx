import "@mantine/charts/styles.layer.css";
import { CompositeChart } from "@mantine/charts";
import { dayWords, countWords } from "../words.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import type { FlowDay } from "./flow-days.ts";
import { BOTTOM_AXIS, CHART, LEFT_AXIS, STILL } from "./look.ts";

const ARRIVED = "var(--sl-warn)";
const COMPLETED = "var(--sl-accent)";

/** Arrivals against completions, and from today on what is expected of both with its range. */
export function FlowChart({ days }: { readonly days: readonly FlowDay[] }) {
  const byDay = new Map(days.map((each) => [each.day, each]));
  const firstAhead = days.find((each) => each.ahead !== null)?.day;
  return (
    <CompositeChart
      {...CHART}
      data={days.map(({ day, arrivals, completed, ahead, joins }) => ({
        day,
        arrivals,
        completed,
        arrivalsRange: ahead === null ? null : [ahead.arrivals.low, ahead.arrivals.high],
        completedRange: ahead === null ? null : [ahead.completed.low, ahead.completed.high],
        arrivalsAhead: ahead?.arrivals.expected ?? (joins ? arrivals : null),
        completedAhead: ahead?.completed.expected ?? (joins ? completed : null),
      }))}
      dataKey="day"
      connectNulls={false}
      series={[
        { name: "arrivalsRange", type: "area", color: ARRIVED },
        { name: "completedRange", type: "area", color: COMPLETED },
        { name: "arrivals", type: "line", color: ARRIVED },
        { name: "completed", type: "line", color: COMPLETED },
        { name: "arrivalsAhead", type: "line", color: ARRIVED, strokeDasharray: "5 3" },
        { name: "completedAhead", type: "line", color: COMPLETED, strokeDasharray: "5 3" },
      ]}
      areaProps={{ ...STILL, fillOpacity: 0.16, strokeWidth: 0 }}
      // Where both are equal, the wider line still shows beside the narrower one.
      lineProps={({ name }) => ({ ...STILL, strokeWidth: name === "arrivals" ? 4.5 : 2 })}
      xAxisProps={{ ...BOTTOM_AXIS, tickFormatter: dayWords }}
      yAxisProps={{ ...LEFT_AXIS, allowDecimals: false }}
      {...(firstAhead === undefined
        ? {}
        : { referenceLines: [{ x: firstAhead, color: "var(--sl-strong-line)", label: "today" }] })}
      tooltipProps={{ content: tooltipOf(byDay) }}
    />
  );
}

function tooltipOf(byDay: ReadonlyMap<string, FlowDay>) {
  return ({ label }: { readonly label?: unknown }) => {
    const day = byDay.get(String(label));
    if (day === undefined) return null;
    const { ahead } = day;
    return (
      <ChartTooltip
        title={dayWords(day.day)}
        lines={
          ahead === null
            ? [
                ["Arrived", countWords(day.arrivals ?? 0)],
                ["Completed", countWords(day.completed ?? 0)],
              ]
            : [
                ["Expected to arrive", rangeWords(ahead.arrivals)],
                ["Expected to be completed", rangeWords(ahead.completed)],
                ["Expected to wait then", rangeWords(ahead.backlog)],
              ]
        }
      />
    );
  };
}

function rangeWords(range: {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}): string {
  return `${countWords(range.expected)} (${countWords(range.low)} to ${countWords(range.high)})`;
}

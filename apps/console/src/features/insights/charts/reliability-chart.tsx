import "@mantine/charts/styles.layer.css";
import { CompositeChart } from "@mantine/charts";
import { ErrorBar, Line } from "recharts";
import { countWords, intervalWords, percentWords } from "../words.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { BOTTOM_AXIS, CHART, LEFT_AXIS, STILL } from "./look.ts";
import type { BandPoint } from "./reliability.ts";

/** How many of a band's cases people confirm, with the interval, and where the thresholds lie. */
export function ReliabilityChart(props: {
  readonly points: readonly BandPoint[];
  readonly thresholds: readonly number[];
}) {
  const { points, thresholds } = props;
  const start = Math.min(90, ...points.map(({ from }) => from), ...thresholds);
  const low = Math.floor(start / 10) * 10;
  const byMiddle = new Map(points.map((point) => [point.middle, point]));
  return (
    <CompositeChart
      {...CHART}
      data={points.map((point) => ({
        ...point,
        spread: [point.value - point.low, point.high - point.value],
      }))}
      dataKey="middle"
      series={[]}
      xAxisProps={{
        ...BOTTOM_AXIS,
        type: "number",
        domain: [low, 100],
        ticks: Array.from({ length: (100 - low) / 5 + 1 }, (_, at) => low + at * 5),
        padding: {},
      }}
      yAxisProps={{
        ...LEFT_AXIS,
        domain: [0, 1],
        ticks: [0, 0.25, 0.5, 0.75, 1],
        tickFormatter: (share: number) => `${share * 100}\u00a0%`,
      }}
      referenceLines={thresholds.map((x) => ({
        x,
        color: "var(--sl-warn)",
        strokeDasharray: "4 3",
        strokeWidth: 2,
      }))}
      tooltipProps={{ content: tooltipOf(byMiddle) }}
    >
      <Line
        {...STILL}
        dataKey="value"
        type="linear"
        stroke="var(--sl-accent)"
        strokeWidth={2}
        dot={{ r: 3.5, fill: "var(--sl-accent)", strokeWidth: 0 }}
      >
        <ErrorBar
          {...STILL}
          dataKey="spread"
          direction="y"
          width={5}
          strokeWidth={1.5}
          stroke="var(--sl-text)"
        />
      </Line>
    </CompositeChart>
  );
}

function tooltipOf(byMiddle: ReadonlyMap<number, BandPoint>) {
  return ({ label }: { readonly label?: unknown }) => {
    const point = byMiddle.get(Number(label));
    return point === undefined ? null : (
      <ChartTooltip
        title={`Score ${point.from} to ${point.to}`}
        lines={[
          ["Confirmed", percentWords(point.value)],
          ["95 %", intervalWords(point)],
          ["Cases", countWords(point.count)],
        ]}
      />
    );
  };
}

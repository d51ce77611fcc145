import "@mantine/charts/styles.layer.css";
import { CompositeChart } from "@mantine/charts";
import type { Day } from "@secondlook/domain/insights/reporting-day";
import { dayWords } from "../words.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { BOTTOM_AXIS, CHART, LEFT_AXIS, STILL } from "./look.ts";

/** One number a day, as bars for counts and as a line for what is typical; gaps stay gaps. */
export function DayChart(props: {
  readonly days: readonly { readonly day: Day; readonly value: number | null }[];
  readonly as: "bar" | "line";
  readonly words: string;
  readonly format: (value: number) => string;
}) {
  const { days, as, words, format } = props;
  const byDay = new Map(days.map(({ day, value }) => [day, value]));
  return (
    <CompositeChart
      {...CHART}
      data={days.map(({ day, value }) => ({ day, value }))}
      dataKey="day"
      connectNulls={false}
      withDots={as === "line" && days.length <= 62}
      dotProps={{ r: 2, strokeWidth: 0, fill: "var(--sl-accent)" }}
      series={[{ name: "value", type: as, color: "var(--sl-accent)" }]}
      barProps={{ ...STILL, radius: 1, fillOpacity: 0.7 }}
      maxBarWidth={22}
      lineProps={STILL}
      xAxisProps={{ ...BOTTOM_AXIS, tickFormatter: dayWords }}
      yAxisProps={{
        ...LEFT_AXIS,
        allowDecimals: false,
        width: as === "line" ? 72 : LEFT_AXIS.width,
        tickFormatter: format,
      }}
      tooltipProps={{ content: tooltipOf(byDay, words, format) }}
    />
  );
}

function tooltipOf(
  byDay: ReadonlyMap<Day, number | null>,
  words: string,
  format: (value: number) => string,
) {
  return ({ label }: { readonly label?: unknown }) => {
    const day = String(label);
    const value = byDay.get(day);
    if (value === undefined) return null;
    return (
      <ChartTooltip
        title={dayWords(day)}
        lines={[[words, value === null ? "nothing" : format(value)]]}
      />
    );
  };
}

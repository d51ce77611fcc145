import type { Insights } from "../../../lib/contract.ts";
import { ChartFrame, DayChart } from "../charts/chart-frame.tsx";
import classes from "../insights.module.css";
import { useOpenFigure } from "../opened.ts";
import { Section } from "../section.tsx";
import { countWords, dayWords, heldBackWords, rateWords, secondsWords } from "../words.ts";
import { WorkTiles } from "./work-tiles.tsx";

/** Whether the work keeps up: how much, how fast, by when. */
export function WorkPart({ page }: { readonly page: Insights }) {
  const open = useOpenFigure();
  return (
    <Section title="Work done" aside={<p className={classes.aside}>{page.notice}</p>}>
      <WorkTiles work={page.throughput} by={page.throughputBy} sla={page.sla} />
      <DayCharts days={page.days} />
      {page.handleByRegion.length < 2 ? null : (
        <table className={classes.grid} data-narrow aria-label="Handle time by region">
          <thead>
            <tr>
              <th scope="col">Handle time by region</th>
              <th scope="col">p50</th>
              <th scope="col">p90</th>
              <th scope="col">p95</th>
              <th scope="col">Decisions</th>
            </tr>
          </thead>
          <tbody>
            {page.handleByRegion.map(({ region, handle }) => (
              <tr key={region}>
                <th scope="row">
                  <button
                    type="button"
                    className={classes.open}
                    onClick={() =>
                      open({
                        definition: "handle",
                        of: region,
                        cases: { figure: "handle", detail: null, narrowed: { region } },
                        sections: [],
                      })
                    }
                  >
                    {region}
                  </button>
                </th>
                {handle.state === "known" ? (
                  <>
                    <td>{secondsWords(handle.p50)}</td>
                    <td>{secondsWords(handle.p90)}</td>
                    <td>{secondsWords(handle.p95)}</td>
                    <td>{countWords(handle.count)}</td>
                  </>
                ) : (
                  <td colSpan={4} className={classes.held}>
                    {heldBackWords(handle.reason)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {page.corrections.length === 0 ? null : (
        <details className={classes.asTable}>
          <summary>
            {page.corrections.length === 1
              ? "The figures of one day were corrected later"
              : `The figures of ${page.corrections.length} days were corrected later`}
          </summary>
          <p className={classes.dim}>
            A decision of these days was reversed or taken back after it had been counted:{" "}
            {page.corrections
              .map(({ day, decisions }) => `${dayWords(day)} (${countWords(decisions)})`)
              .join(", ")}
            .
          </p>
        </details>
      )}
    </Section>
  );
}

/** Decisions and handle time, day by day. */
export function DayCharts(props: {
  readonly days: readonly Pick<
    Insights["days"][number],
    "day" | "decisions" | "activeHours" | "typicalSeconds" | "sla"
  >[];
}) {
  const { days } = props;
  return (
    <div className={classes.columns}>
      <ChartFrame
        title="Decisions by day"
        table={{
          head: ["Day", "Decisions", "Active hours", "By the due time"],
          rows: days.map(({ day, decisions, activeHours, sla }) => [
            dayWords(day),
            countWords(decisions),
            activeHours === null ? "–" : rateWords(activeHours),
            sla.state === "known" ? `${(sla.value * 100).toFixed(1)} %` : heldBackWords(sla.reason),
          ]),
        }}
      >
        <DayChart
          as="bar"
          words="Decisions"
          format={countWords}
          days={days.map(({ day, decisions }) => ({ day, value: decisions }))}
        />
      </ChartFrame>
      <ChartFrame
        title="Typical handle time by day"
        table={{
          head: ["Day", "Typical handle time"],
          rows: days.map(({ day, decisions, typicalSeconds }) => [
            dayWords(day),
            typicalSeconds === null
              ? heldBackWords(decisions === 0 ? "nothing" : "under_30")
              : secondsWords(typicalSeconds),
          ]),
        }}
      >
        <DayChart
          as="line"
          words="Typical handle time"
          format={secondsWords}
          days={days.map(({ day, typicalSeconds }) => ({ day, value: typicalSeconds }))}
        />
      </ChartFrame>
    </div>
  );
}

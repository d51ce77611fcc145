import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Backlog } from "../../../lib/contract.ts";
import { serverNow } from "../../../lib/server-clock.ts";
import { api } from "../../../lib/trpc.ts";
import { QueryProblem } from "../../../ui/query-problem.tsx";
import { lengthOf } from "../../../ui/time.ts";
import { ChartFrame, FlowChart, Legend } from "../charts/chart-frame.tsx";
import { flowDays, flowTable } from "../charts/flow-days.ts";
import { FigureDialog } from "../figure/figure-dialog.tsx";
import { FigureTile } from "../figure-tile.tsx";
import classes from "../insights.module.css";
import { OpenFigure, type Opened, useOpenFigure } from "../opened.ts";
import { Section } from "../section.tsx";
import { ageWords, countWords, momentIn, rateWords } from "../words.ts";

/** Each asking stands in the log; a minute is as fresh as a plan for the day needs. */
const REFRESH = 60_000;

/** What waits now, when the first will be late, and what the next days bring. */
export function BacklogPart(props: {
  readonly region: string | null;
  /** Filters that can't be held against what nobody decided yet. */
  readonly others: boolean;
}) {
  const { region, others } = props;
  const [opened, setOpened] = useState<Opened | null>(null);
  const found = useQuery({
    queryKey: ["insights-backlog", region],
    queryFn: () => api.insights.backlog.query({ region }),
    refetchInterval: REFRESH,
  });
  const backlog = found.data;
  const definition = opened === null ? undefined : backlog?.definitions[opened.definition];
  return (
    <Section
      title={region === null ? "What waits now" : `What waits now in ${region}`}
      aside={
        others ? (
          <p className={classes.aside}>
            Today and the days ahead, by region alone: the other filters are of decided cases.
          </p>
        ) : undefined
      }
    >
      {found.isError ? (
        <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
      ) : backlog === undefined ? (
        <p className={classes.dim}>Counting what waits …</p>
      ) : (
        <OpenFigure value={setOpened}>
          <BacklogTiles backlog={backlog} />
          <div className={classes.columns} data-split="wide">
            <Flow backlog={backlog} />
            <Ages backlog={backlog} />
          </div>
        </OpenFigure>
      )}
      {opened === null || definition === undefined ? null : (
        <FigureDialog opened={opened} definition={definition} onClose={() => setOpened(null)} />
      )}
    </Section>
  );
}

function BacklogTiles({ backlog }: { readonly backlog: Backlog }) {
  const { waiting, overdue, stages, completionsPerHour } = backlog;
  const breach = breachWords(backlog);
  return (
    <div className={classes.tiles}>
      <FigureTile
        words="Waiting"
        value={countWords(waiting)}
        note={
          stages === null
            ? "in this region and its parts"
            : `${countWords(stages.beingWorked)} being worked on`
        }
        opens={{
          definition: "backlog",
          of: null,
          values: stageValues(backlog),
          cases: null,
          sections: [],
        }}
      />
      <FigureTile
        words="Overdue"
        value={countWords(overdue)}
        note={overdue === 0 ? "nothing is late" : "past their due time"}
        tone={overdue > 0 ? "warn" : undefined}
        opens={{ definition: "backlog", of: "overdue", cases: null, sections: [] }}
      />
      <FigureTile
        words="First late case"
        value={breach.value}
        note={breach.note}
        tone={backlog.firstBreach.state === "late_already" ? "warn" : undefined}
        opens={{
          definition: "first_breach",
          of: null,
          values: breach.values,
          cases: null,
          sections: [],
        }}
      />
      <FigureTile
        words="Completed an hour"
        value={completionsPerHour === null ? "–" : rateWords(completionsPerHour.expected)}
        note={
          completionsPerHour === null
            ? "no whole days to tell it from"
            : `${rateWords(completionsPerHour.low)} to ${rateWords(completionsPerHour.high)} · mean of ${Math.min(28, backlog.history.length)} days, nights too`
        }
        opens={{ definition: "first_breach", of: null, cases: null, sections: [] }}
      />
    </div>
  );
}

/** When the first case will be late: in how long, and between which moments. */
function breachWords({ firstBreach, timeZone }: Backlog) {
  if (firstBreach.state === "late_already") {
    return {
      value: "late already",
      note: `${countWords(firstBreach.late)} past their due time`,
      values: [["Late now", countWords(firstBreach.late)] as const],
    };
  }
  if (firstBreach.state === "no_rate") {
    return { value: "not known", note: "nothing was completed in the last days", values: [] };
  }
  const { expected, earliest, latest } = firstBreach;
  const moment = (at: string | null): string => (at === null ? "none" : momentIn(timeZone, at));
  return {
    value:
      expected === null
        ? "none"
        : `in ${lengthOf(Math.max(0, Date.parse(expected) - serverNow()))}`,
    note:
      earliest === null
        ? "all that waits is done in time"
        : `${moment(earliest)}${latest === null ? " at the earliest" : ` to ${moment(latest)}`}`,
    values: [
      ["Expected", moment(expected)],
      ["At the slower rate", moment(earliest)],
      ["At the faster rate", moment(latest)],
    ] as const,
  };
}

function stageValues({ waiting, stages }: Backlog): NonNullable<Opened["values"]> {
  const all = ["Waiting or worked on", countWords(waiting)] as const;
  if (stages === null) return [all];
  return [
    all,
    ["First look, not yours", countWords(stages.first)],
    ["Second look, not yours", countWords(stages.second)],
    ["Adjudication, not yours", countWords(stages.adjudication)],
    ["Awaits a capture, not yours", countWords(stages.awaitingCapture)],
    ["Being worked on", countWords(stages.beingWorked)],
  ];
}

function Flow({ backlog }: { readonly backlog: Backlog }) {
  const open = useOpenFigure();
  const days = flowDays(backlog);
  if (days.length === 0) {
    return (
      <p className={classes.calm}>Nothing has arrived yet. The first whole day will stand here.</p>
    );
  }
  return (
    <ChartFrame
      title="Arrivals against completions"
      legend={
        <Legend
          items={[
            { words: "arrived", look: "wide", colour: "var(--sl-warn)" },
            { words: "completed", look: "solid", colour: "var(--sl-accent)" },
            ...(backlog.forecast === null
              ? []
              : ([
                  { words: "expected", look: "dashed", colour: "var(--sl-dim)" },
                  { words: "95 % of such days", look: "band", colour: "var(--sl-dim)" },
                ] as const)),
          ]}
        />
      }
      table={flowTable(days)}
      onExplain={() => open({ definition: "forecast", of: null, cases: null, sections: [] })}
      {...(backlog.forecast === null
        ? { note: "A forecast needs three whole weeks of history." }
        : {})}
    >
      <FlowChart days={days} />
    </ChartFrame>
  );
}

function Ages({ backlog }: { readonly backlog: Backlog }) {
  const most = Math.max(1, ...backlog.ages.map(({ count }) => count));
  return (
    <div className={classes.ages}>
      <h3>Waiting for</h3>
      <table aria-label="What waits, by age">
        <tbody>
          {backlog.ages.map((age) => (
            <tr key={age.fromHours}>
              <th scope="row">{ageWords(age)}</th>
              <td>{countWords(age.count)}</td>
              <td className={classes.barCell} aria-hidden="true">
                <svg className={classes.bar}>
                  <rect width={`${(age.count / most) * 100}%`} height="100%" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.chartNote}>
        {backlog.ageFrom === "claimable"
          ? "Since somebody could have taken it."
          : "Since it came in: with fewer than 30 a case’s stage could be told from its age."}
      </p>
    </div>
  );
}

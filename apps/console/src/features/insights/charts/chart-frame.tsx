import { lazy, type ReactNode, Suspense, useId } from "react";
import { download } from "../../../lib/download.ts";
import classes from "../insights.module.css";
import { type ChartTable, csvOf } from "./csv-of.ts";

/** The charts' library is large, so it loads beside the page, and only for this page. */
export const FlowChart = lazy(() =>
  import("./flow-chart.tsx").then((it) => ({ default: it.FlowChart })),
);
export const DayChart = lazy(() =>
  import("./day-chart.tsx").then((it) => ({ default: it.DayChart })),
);
export const ReliabilityChart = lazy(() =>
  import("./reliability-chart.tsx").then((it) => ({ default: it.ReliabilityChart })),
);

/** A chart with its title, its key, and the table of what it draws, for whoever can't or won't see it. */
export function ChartFrame(props: {
  readonly title: string;
  readonly note?: string;
  readonly legend?: ReactNode;
  readonly table: ChartTable;
  readonly tall?: boolean;
  /** Opens the definition of what is drawn. */
  readonly onExplain?: () => void;
  readonly children: ReactNode;
}) {
  const title = useId();
  return (
    <figure className={classes.chart} aria-labelledby={title}>
      <figcaption className={classes.chartHead}>
        <h3 id={title}>{props.title}</h3>
        {props.legend}
      </figcaption>
      <div className={classes.plot} data-tall={props.tall === true} aria-hidden="true">
        <Suspense fallback={null}>{props.children}</Suspense>
      </div>
      {props.note === undefined ? null : <p className={classes.chartNote}>{props.note}</p>}
      {props.onExplain === undefined ? null : (
        <button type="button" className={classes.how} onClick={props.onExplain}>
          How this is reckoned<span className={classes.unseen}>: {props.title}</span>
        </button>
      )}
      <details className={classes.asTable}>
        <summary>
          As a table<span className={classes.unseen}>: {props.title}</span>
        </summary>
        <button
          type="button"
          className={classes.how}
          onClick={() => download(`secondlook ${props.title}.csv`, csvOf(props.table))}
        >
          Keep as CSV
        </button>
        <TableOf caption={props.title} table={props.table} />
      </details>
    </figure>
  );
}

function TableOf({ caption, table }: { readonly caption: string; readonly table: ChartTable }) {
  return (
    // Scrolls by itself; so it takes the focus, to be scrolled by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={classes.tableBox} tabIndex={0} aria-label={caption}>
      <table aria-label={caption}>
        <thead>
          <tr>
            {table.head.map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([first, ...rest]) => (
            <tr key={[first, ...rest].join(" ")}>
              <th scope="row">{first}</th>
              {rest.map((value, at) => (
                <td key={table.head[at + 1]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The key of a chart: each line as it is drawn, so that no colour is needed to tell them apart. */
export function Legend(props: {
  readonly items: readonly {
    readonly words: string;
    readonly look: "solid" | "wide" | "dashed" | "bar" | "band" | "dot" | "rule";
    readonly colour: string;
  }[];
}) {
  return (
    <ul className={classes.legend}>
      {props.items.map(({ words, look, colour }) => (
        <li key={words}>
          <svg width="22" height="10" aria-hidden="true">
            {look === "band" ? (
              <rect width="22" height="10" fill={colour} opacity="0.22" />
            ) : look === "bar" ? (
              <rect x="6" width="10" height="10" fill={colour} />
            ) : look === "rule" ? (
              <line
                x1="11"
                x2="11"
                y1="0"
                y2="10"
                stroke={colour}
                strokeDasharray="3 2"
                strokeWidth="2"
              />
            ) : (
              <>
                <line
                  x1="0"
                  x2="22"
                  y1="5"
                  y2="5"
                  stroke={colour}
                  strokeWidth={look === "wide" ? "4.5" : "2"}
                  strokeDasharray={look === "dashed" ? "5 3" : undefined}
                />
                {look === "dot" ? <circle cx="11" cy="5" r="3.5" fill={colour} /> : null}
              </>
            )}
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}

import { Link } from "react-router";
import type { QueueSummary } from "../../lib/contract.ts";
import classes from "./ageing-panel.module.css";
import { AGE_WORDS, DUE_WORDS } from "./oversight-words.ts";
import { type QueueAddress, queryOf } from "./queue-address.ts";

interface Band {
  readonly words: string;
  readonly count: number;
  readonly chosen: boolean;
  readonly warns: boolean;
  readonly to: string;
}

/** How old the backlog is and when it is due; each band narrows the list down. */
export function AgeingPanel(props: {
  readonly address: QueueAddress;
  readonly summary: QueueSummary | undefined;
  /** It could not be counted this time. */
  readonly failed: boolean;
}) {
  const { address, summary } = props;
  const ages = (summary?.ages ?? []).map(({ band, count }): Band => {
    const chosen = band === address.age;
    return {
      words: AGE_WORDS[band],
      count,
      chosen,
      warns: band === "older",
      to: queryOf({ ...address, age: chosen ? null : band }) || "?",
    };
  });
  const dues = (summary?.dues ?? []).map(({ band, count }): Band => {
    const chosen = band === address.due;
    return {
      words: DUE_WORDS[band],
      count,
      chosen,
      warns: band === "overdue",
      to: queryOf({ ...address, due: chosen ? null : band }) || "?",
    };
  });
  return (
    <section className={classes.panel} aria-label="Age and due times">
      {summary === undefined ? (
        <p className={classes.dim}>
          {props.failed ? "This could not be counted; it is tried again by itself." : "Counting …"}
        </p>
      ) : (
        <>
          <Bands caption="Waits for" bands={ages} />
          <Bands caption="Due" bands={dues} />
        </>
      )}
    </section>
  );
}

function Bands(props: { readonly caption: string; readonly bands: readonly Band[] }) {
  const most = Math.max(1, ...props.bands.map(({ count }) => count));
  return (
    <table className={classes.bands}>
      <caption>{props.caption}</caption>
      <tbody>
        {props.bands.map((band) => (
          <tr key={band.words} data-warns={band.warns && band.count > 0}>
            <th scope="row">
              <Link to={band.to} aria-current={band.chosen ? "true" : undefined}>
                {band.words}
              </Link>
            </th>
            <td className={classes.bar} aria-hidden="true">
              <svg viewBox="0 0 100 10" preserveAspectRatio="none">
                <rect width={(100 * band.count) / most} height="10" />
              </svg>
            </td>
            <td className={classes.count}>{band.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

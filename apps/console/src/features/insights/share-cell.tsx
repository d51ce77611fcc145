import type { Share } from "@secondlook/domain/insights/share";
import classes from "./insights.module.css";
import type { Mark } from "./mark-words.ts";
import { type Opened, useOpenFigure } from "./opened.ts";
import { IntervalBar } from "./share-value.tsx";
import { countWords, heldBackWords, intervalWords, percentWords } from "./words.ts";

/** A share in a table: opens what is behind it, and says where it differs from the others. */
export function ShareCell(props: {
  readonly share: Share;
  readonly mark?: Mark | undefined;
  /** Draws the interval too, up to this share and beside another. */
  readonly drawn?: { readonly upTo: number; readonly against: Share };
  readonly opens: Omit<Opened, "share">;
}) {
  const { share, mark, drawn, opens } = props;
  const open = useOpenFigure();
  if (share.state === "held_back") {
    return <td className={classes.held}>{heldBackWords(share.reason)}</td>;
  }
  const value = (
    <button
      type="button"
      className={classes.open}
      data-marked={mark !== undefined}
      title={`${countWords(share.numerator)} of ${countWords(share.denominator)}`}
      onClick={() => open({ ...opens, share })}
    >
      <span className={classes.number}>{percentWords(share.value)}</span>{" "}
      <span className={classes.range}>{intervalWords(share.interval)}</span>
      {mark === undefined ? null : (
        <span className={classes.mark}>
          {mark.direction === "higher" ? "▲ higher" : "▼ lower"} than {percentWords(mark.reference)}
        </span>
      )}
    </button>
  );
  return (
    <td className={classes.share}>
      {drawn === undefined ? (
        value
      ) : (
        <div className={classes.drawn}>
          {value}
          <IntervalBar share={share} {...drawn} />
        </div>
      )}
    </td>
  );
}

import type { Share } from "@secondlook/domain/insights/share";
import classes from "./insights.module.css";
import { countWords, heldBackWords, intervalWords, percentWords } from "./words.ts";

/** A share with its interval; where it is held back, words instead. */
export function ShareValue(props: { readonly share: Share; readonly counts?: boolean }) {
  const { share, counts = false } = props;
  if (share.state === "held_back") {
    return <span className={classes.held}>{heldBackWords(share.reason)}</span>;
  }
  return (
    <>
      <span className={classes.number}>{percentWords(share.value)}</span>{" "}
      <span className={classes.range}>
        {intervalWords(share.interval)}
        {counts ? ` · ${countWords(share.numerator)} of ${countWords(share.denominator)}` : null}
      </span>
    </>
  );
}

/** The same as a drawing: the interval as a line, the share as a dot, what it is held against as a rule. */
export function IntervalBar(props: {
  readonly share: Share;
  /** The share at the right end, above 0. */
  readonly upTo: number;
  readonly against: Share;
}) {
  const { share, upTo, against } = props;
  const at = (value: number): string => `${Math.min(100, (value / upTo) * 100)}%`;
  return (
    <svg className={classes.interval} aria-hidden="true">
      <line className={classes.axis} x1="0" x2="100%" y1="50%" y2="50%" />
      {against.state === "known" ? (
        <line
          className={classes.against}
          x1={at(against.value)}
          x2={at(against.value)}
          y1="0"
          y2="100%"
        />
      ) : null}
      {share.state === "known" ? (
        <>
          <line
            className={classes.whisker}
            x1={at(share.interval.low)}
            x2={at(share.interval.high)}
            y1="50%"
            y2="50%"
          />
          <circle className={classes.dot} cx={at(share.value)} cy="50%" r="3" />
        </>
      ) : null}
    </svg>
  );
}

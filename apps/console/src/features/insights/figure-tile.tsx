import type { ReactNode } from "react";
import type { Share } from "@secondlook/domain/insights/share";
import classes from "./insights.module.css";
import { type Opened, useOpenFigure } from "./opened.ts";
import { countWords, heldBackWords, intervalWords, percentWords } from "./words.ts";

/** A figure of the page: a button that opens what is behind it. */
export function FigureTile(props: {
  readonly words: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly tone?: "warn" | undefined;
  readonly opens: Opened;
}) {
  const open = useOpenFigure();
  return (
    <button
      type="button"
      className={classes.tile}
      data-tone={props.tone}
      onClick={() => open(props.opens)}
    >
      <span className={classes.tileWords}>{props.words}</span>{" "}
      <span className={classes.tileValue}>{props.value}</span>{" "}
      <span className={classes.tileNote}>{props.note}</span>
    </button>
  );
}

/** A share as a figure. */
export function ShareTile(props: {
  readonly words: string;
  readonly share: Share;
  readonly opens: Omit<Opened, "share">;
}) {
  const { share } = props;
  return (
    <FigureTile
      words={props.words}
      value={
        share.state === "known" ? (
          percentWords(share.value)
        ) : (
          <span className={classes.held}>{heldBackWords(share.reason)}</span>
        )
      }
      note={
        share.state === "known"
          ? `${intervalWords(share.interval)} · ${countWords(share.numerator)} of ${countWords(share.denominator)}`
          : share.reason === "under_30"
            ? "held back: chance would be read as a finding"
            : "nothing was counted"
      }
      opens={{ ...props.opens, share }}
    />
  );
}

import { Button } from "@mantine/core";
import type { Insights, OwnInsights } from "../../lib/contract.ts";
import { lengthOf } from "../../ui/time.ts";
import classes from "./insights.module.css";
import { daysWords, momentIn } from "./words.ts";

/** Behind by more than this, the page says so. */
const LATE_MS = 60_000;

/** Over what the figures are: days, the clock they are told by, and up to when all is counted. */
export function AboutLine(props: {
  readonly page: Insights | OwnInsights;
  /** What the page is narrowed down to, for paper, where the filters are not. */
  readonly only?: readonly string[];
}) {
  const { page, only = [] } = props;
  const { from, to, timeZone, asOf, currentTo } = page;
  const behind = currentTo === null ? null : Date.parse(asOf) - Date.parse(currentTo);
  return (
    <p className={classes.about}>
      <strong>{[daysWords(from, to), ...only].join(" · ")}</strong> · days in {timeZone} ·{" "}
      {currentTo === null || behind === null ? (
        "not counted yet"
      ) : behind > LATE_MS ? (
        <span className={classes.warn}>
          counted up to {momentIn(timeZone, currentTo)}, {lengthOf(behind)} behind
        </span>
      ) : (
        `counted up to ${momentIn(timeZone, currentTo)}`
      )}
      {"crossing" in page && page.crossing
        ? " · these filters together are added up case by case, which takes a moment"
        : ""}
    </p>
  );
}

/** Prints the page as it is narrowed down: the weekly report, after “Last week”. */
export function PrintButton() {
  return (
    <Button
      size="xs"
      variant="default"
      className={classes.notPrinted ?? ""}
      onClick={() => window.print()}
    >
      Print a report
    </Button>
  );
}

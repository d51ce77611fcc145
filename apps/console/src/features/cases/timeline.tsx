import type { CasePage } from "../../lib/contract.ts";
import { momentOf } from "../../ui/time.ts";
import classes from "./cases.module.css";
import { ShownText } from "../../ui/shown-text.tsx";
import { kindWords } from "../../ui/words.ts";

/** What the log has of a case, in its order. */
export function Timeline(props: {
  readonly entries: CasePage["timeline"];
  readonly cut: boolean;
  readonly madeUp: boolean;
}) {
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      {props.entries.length === 0 ? (
        <p className={classes.dim}>
          {props.madeUp
            ? "The log has nothing of this case: what is made up did not happen."
            : "The log has nothing of this case yet. New events take a second to get their place."}
        </p>
      ) : null}
      <ol className={classes.timeline}>
        {props.entries.map((entry) => (
          <li key={entry.index}>
            <time dateTime={entry.at}>{momentOf(entry.at)}</time>
            <span>
              <strong>{kindWords(entry.kind)}</strong>
              {entry.outcome === "allowed" ? null : (
                <span className={classes.denied}> {entry.outcome}</span>
              )}{" "}
              <span className={classes.dim}>
                <ShownText>{entry.by}</ShownText> ({entry.role})
              </span>
              {entry.detail === "" ? null : (
                <>
                  {" "}
                  · <ShownText>{entry.detail}</ShownText>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      {props.cut ? <p className={classes.dim}>Older entries are left out here.</p> : null}
    </section>
  );
}

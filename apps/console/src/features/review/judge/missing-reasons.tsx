import { MISSING_REASONS, type MissingReason } from "@secondlook/domain/judging/rating";
import { keepFocus } from "../keep-focus.ts";
import classes from "./judge.module.css";
import { MISSING_WORDS } from "./words.ts";

/** What is missing where one can't tell. */
export function MissingReasons(props: {
  readonly chosen: readonly MissingReason[];
  readonly onToggle: (reason: MissingReason) => void;
}) {
  return (
    <section aria-labelledby="missing">
      <h3 id="missing">What is missing to tell?</h3>
      <div className={classes.chips}>
        {MISSING_REASONS.map((reason) => (
          <button
            key={reason}
            type="button"
            className={classes.chip}
            aria-pressed={props.chosen.includes(reason)}
            onMouseDown={keepFocus}
            onClick={() => props.onToggle(reason)}
          >
            {MISSING_WORDS[reason]}
          </button>
        ))}
      </div>
    </section>
  );
}

import { MISSING_REASONS, type MissingReason } from "@secondlook/domain/judging/rating";
import { useEffect, useRef, useState } from "react";
import { rove } from "../../../ui/roving.ts";
import { keepFocus } from "../keep-focus.ts";
import type { ReviewState } from "../model/review-state.ts";
import classes from "./judge.module.css";
import { MISSING_WORDS } from "./words.ts";

/** What is missing where one can't tell; Enter leads to the first, arrows and Space choose. */
export function MissingReasons(props: {
  readonly chosen: readonly MissingReason[];
  readonly attention: ReviewState["attention"];
  readonly onToggle: (reason: MissingReason) => void;
}) {
  const { attention } = props;
  const group = useRef<HTMLFieldSetElement>(null);
  const [stop, setStop] = useState(0);
  useEffect(() => {
    if (attention?.gap === "missing") group.current?.querySelector("button")?.focus();
  }, [attention]);
  return (
    <section aria-labelledby="missing">
      <h3 id="missing">What is missing to tell?</h3>
      <fieldset ref={group} className={classes.chips} aria-labelledby="missing" data-choices>
        {MISSING_REASONS.map((reason, index) => (
          <button
            key={reason}
            type="button"
            className={classes.chip}
            tabIndex={index === stop ? 0 : -1}
            aria-pressed={props.chosen.includes(reason)}
            onKeyDown={(event) => rove(event, 1)}
            onFocus={() => setStop(index)}
            onMouseDown={keepFocus}
            onClick={() => props.onToggle(reason)}
          >
            {MISSING_WORDS[reason]}
          </button>
        ))}
      </fieldset>
    </section>
  );
}

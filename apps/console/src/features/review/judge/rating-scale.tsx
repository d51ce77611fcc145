import { RATING_WORDS, RATINGS, type Rating } from "@secondlook/domain/judging/rating";
import { VisuallyHidden } from "@mantine/core";
import { KEY_GROUPS } from "../key-groups.ts";
import { useKeyOf } from "../my-keys.ts";
import { keepFocus } from "../keep-focus.ts";
import classes from "./judge.module.css";
import { signed } from "./words.ts";

/** The seven steps from surely different to surely the same. */
export function RatingScale(props: {
  readonly value: Rating | null;
  readonly onRate: (rating: Rating) => void;
}) {
  return (
    <div>
      <fieldset className={classes.scale} aria-label="Is it the same person?" data-choices>
        {RATINGS.map((rating, index) => (
          <button
            key={rating}
            type="button"
            className={classes.step}
            aria-pressed={rating === props.value}
            onMouseDown={keepFocus}
            onClick={() => props.onRate(rating)}
          >
            <span className={classes.digit}>
              <RateKey index={index} />
            </span>
            <span className={classes.value}>{signed(rating)}</span>
            <VisuallyHidden>{RATING_WORDS[rating]}</VisuallyHidden>
          </button>
        ))}
      </fieldset>
      <div className={classes.ends} aria-hidden="true">
        <span>surely different</span>
        <span>can’t tell</span>
        <span>surely the same</span>
      </div>
      <p className={classes.chosen}>
        {props.value === null ? "Not rated yet" : RATING_WORDS[props.value]}
      </p>
    </div>
  );
}

function RateKey({ index }: { readonly index: number }) {
  return useKeyOf(KEY_GROUPS.rate[index] ?? "rate_1");
}

import { type Bench, currentCandidate, judgementForm } from "../model/bench.ts";
import { rate, setComponent, toggleMissing } from "../model/changes.ts";
import type { ReviewState } from "../model/review-state.ts";
import { Checklist } from "./checklist.tsx";
import classes from "./judge.module.css";
import { MissingReasons } from "./missing-reasons.tsx";
import { RatingScale } from "./rating-scale.tsx";

/** Rating one candidate: the scale, what is missing, the checklist. */
export function JudgePanel(props: {
  readonly bench: Bench;
  readonly attention: ReviewState["attention"];
  readonly onEdit: (change: (bench: Bench) => Bench) => void;
}) {
  const { bench, onEdit } = props;
  const candidate = currentCandidate(bench);
  if (candidate === undefined) return null;
  const form = judgementForm(bench, candidate.candidateId);
  return (
    <div className={classes.panel}>
      <section aria-labelledby="rate">
        <h2 id="rate" className={classes.heading}>
          {bench.amending ? "Amend your rating" : "Same person?"}
        </h2>
        <RatingScale
          value={form.rating}
          onRate={(rating) => onEdit((current) => rate(current, rating))}
        />
        {bench.amending ? (
          <p className={classes.note}>
            The sealed rating stays; this one stands beside it. <kbd>Esc</kbd>: leave
          </p>
        ) : null}
      </section>
      {form.rating === 0 ? (
        <MissingReasons
          chosen={form.missing}
          attention={props.attention}
          onToggle={(reason) => onEdit((current) => toggleMissing(current, reason))}
        />
      ) : null}
      <Checklist
        components={form.components}
        line={bench.line}
        onAnswer={(line, view) => onEdit((current) => setComponent(current, line, view))}
      />
    </div>
  );
}

import {
  isHarmful,
  type Outcome,
  OUTCOME_WORDS,
  OUTCOMES,
} from "@secondlook/domain/decisions/outcome";
import { REASONS, type ReasonCode, reasonsAllowed } from "@secondlook/domain/decisions/reasons";
import type { Bench } from "../model/bench.ts";
import { keepFocus } from "../keep-focus.ts";
import classes from "./decide.module.css";

/** The five outcomes, and the reasons of the one that is chosen. */
export function OutcomeForm(props: {
  readonly bench: Bench;
  readonly onOutcome: (outcome: Outcome) => void;
  readonly onReason: (reason: ReasonCode) => void;
}) {
  const { form, work } = props.bench;
  return (
    <>
      <section aria-labelledby="outcome">
        <h2 id="outcome" className={classes.heading}>
          Outcome
        </h2>
        <fieldset aria-labelledby="outcome" className={classes.options} data-choices>
          {OUTCOMES.map((outcome, index) => (
            <button
              key={outcome}
              type="button"
              className={classes.option}
              aria-pressed={form.outcome === outcome}
              data-harm={isHarmful(outcome)}
              onMouseDown={keepFocus}
              onClick={() => props.onOutcome(outcome)}
            >
              <kbd>{index + 1}</kbd> {OUTCOME_WORDS[outcome]}
            </button>
          ))}
        </fieldset>
      </section>
      {form.outcome === null ? null : (
        <section aria-labelledby="reasons">
          <h3 id="reasons">Why</h3>
          <fieldset aria-labelledby="reasons" className={classes.options} data-choices>
            {reasonsAllowed(form.outcome, work.rules.reasonCodes).map((reason, index) => (
              <button
                key={reason}
                type="button"
                className={classes.option}
                aria-pressed={form.reasons.includes(reason)}
                onMouseDown={keepFocus}
                onClick={() => props.onReason(reason)}
              >
                {index < 4 ? <kbd>{index + 6}</kbd> : <kbd aria-hidden="true"> </kbd>}{" "}
                {REASONS[reason].words}
              </button>
            ))}
          </fieldset>
        </section>
      )}
    </>
  );
}

import {
  isHarmful,
  type Outcome,
  OUTCOME_MEANINGS,
  OUTCOME_WORDS,
  OUTCOMES,
} from "@secondlook/domain/decisions/outcome";
import { REASONS, type ReasonCode, reasonsAllowed } from "@secondlook/domain/decisions/reasons";
import { useEffect, useRef } from "react";
import type { Bench } from "../model/bench.ts";
import { outcomeProblem, reasonProblem } from "../model/choices.ts";
import type { ReviewState } from "../model/review-state.ts";
import { KeyCap } from "../key-cap.tsx";
import { keepFocus } from "../keep-focus.ts";
import { KEY_GROUPS } from "../key-groups.ts";
import type { ReviewCommand } from "../keys.ts";
import classes from "./decide.module.css";

/** The five outcomes, and the reasons of the one that is chosen. */
export function OutcomeForm(props: {
  readonly bench: Bench;
  readonly attention: ReviewState["attention"];
  readonly onOutcome: (outcome: Outcome) => void;
  readonly onReason: (reason: ReasonCode) => void;
}) {
  const { form, work } = props.bench;
  const alone = work.candidates.length === 0;
  const why = useRef<HTMLElement>(null);
  const lacks = props.attention?.gap === "reason" ? props.attention.serial : null;
  // In a low window the reasons lie below what is in view.
  useEffect(() => {
    // Browsers give a promise for it, which is nothing for an effect to return.
    why.current?.scrollIntoView({ block: "nearest" });
  }, [form.outcome, lacks]);
  return (
    <>
      <section aria-labelledby="outcome">
        <h2 id="outcome" className={classes.heading}>
          Outcome
        </h2>
        <fieldset aria-labelledby="outcome" className={classes.options} data-choices>
          {OUTCOMES.map((outcome, index) => {
            const problem = outcomeProblem(props.bench, outcome);
            return (
              <button
                key={outcome}
                type="button"
                className={classes.option}
                aria-pressed={form.outcome === outcome}
                data-harm={isHarmful(outcome)}
                onMouseDown={keepFocus}
                onClick={() => props.onOutcome(outcome)}
                data-contradicts={problem !== null}
                aria-describedby={`meaning-${outcome} outcome-${outcome}`}
              >
                <KeyCap of={KEY_GROUPS.outcome[index] ?? "keys"} />{" "}
                <span>
                  {OUTCOME_WORDS[outcome]}
                  {form.outcome === outcome ? <Meaning outcome={outcome} alone={alone} /> : null}
                  <Problem id={`outcome-${outcome}`} words={problem} />
                </span>
              </button>
            );
          })}
        </fieldset>
      </section>
      {form.outcome === null ? null : (
        <section ref={why} className={classes.why} aria-labelledby="reasons">
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
                {...problemOf(reasonProblem(props.bench, reason), `reason-${reason}`)}
              >
                <ReasonKey command={KEY_GROUPS.reason[index]} />{" "}
                <span>
                  {REASONS[reason].words}
                  <Problem id={`reason-${reason}`} words={reasonProblem(props.bench, reason)} />
                </span>
              </button>
            ))}
          </fieldset>
        </section>
      )}
    </>
  );
}

/** A choice that contradicts the case looks dim and says why, and Enter explains it too. */
function problemOf(words: string | null, id: string) {
  return words === null ? {} : { "data-contradicts": true, "aria-describedby": id };
}

/** What the chosen outcome says; kept out of the button's name, too. */
function Meaning(props: {
  readonly outcome: Outcome;
  /** Whether the case has no candidate. */
  readonly alone: boolean;
}) {
  return (
    <span id={`meaning-${props.outcome}`} className={classes.meaning} aria-hidden="true">
      {props.alone && props.outcome === "distinct"
        ? "No other account of this person was named."
        : OUTCOME_MEANINGS[props.outcome]}
    </span>
  );
}

/** Kept out of the button's name, which stays what is chosen. */
function Problem({ id, words }: { readonly id: string; readonly words: string | null }) {
  if (words === null) return null;
  return (
    <span id={id} className={classes.contradiction} aria-hidden="true">
      {words}
    </span>
  );
}

/** Reasons after the fourth have no key; their words begin where the others' do. */
function ReasonKey({ command }: { readonly command: ReviewCommand | undefined }) {
  return command === undefined ? <kbd aria-hidden="true"> </kbd> : <KeyCap of={command} />;
}

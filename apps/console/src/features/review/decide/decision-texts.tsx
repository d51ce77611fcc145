import { isHarmful } from "@secondlook/domain/decisions/outcome";
import { Textarea, TextInput } from "@mantine/core";
import {
  type FocusEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import { serverNow } from "../../../lib/server-clock.ts";
import { type Bench, type CaseForm, reasonsOf } from "../model/bench.ts";
import { expiryDays } from "../model/decision-form.ts";
import type { ReviewState } from "../model/review-state.ts";
import { KeyCap } from "../key-cap.tsx";
import { keepFocus } from "../keep-focus.ts";
import classes from "./decide.module.css";

/** Browsers bring the caret's line into view, and leave the rest of the field below the fold. */
function showWhole(event: FocusEvent<HTMLElement>): void {
  event.currentTarget.scrollIntoView({ block: "nearest" });
}

/** What is written and chosen beside outcome and reasons; Enter leads to whatever lacks. */
export function DecisionTexts(props: {
  readonly bench: Bench;
  readonly attention: ReviewState["attention"];
  readonly onChange: (change: Partial<CaseForm>) => void;
  readonly rationaleRef: RefObject<HTMLTextAreaElement | null>;
}) {
  const { bench, attention, onChange, rationaleRef } = props;
  const { form } = bench;
  const expiry = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const question = useRef<HTMLTextAreaElement>(null);
  const route = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (attention === null) return;
    const places = {
      expiry,
      note,
      question,
      route,
      rationale: rationaleRef,
      reason: null,
      missing: null,
    };
    places[attention.gap]?.current?.focus();
  }, [attention, rationaleRef]);

  return (
    <>
      {form.outcome === "permitted_second_account" ? (
        <Exemption form={form} expiry={expiry} note={note} onChange={onChange} />
      ) : null}
      {form.outcome === "inconclusive" ? (
        <Route form={form} first={route} onChange={onChange}>
          <Textarea
            ref={question}
            label="Question for the lead"
            onFocus={showWhole}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={4000}
            value={form.question}
            onChange={(event) => onChange({ question: event.currentTarget.value })}
          />
        </Route>
      ) : null}
      {form.outcome === null ? null : (
        <Textarea
          ref={rationaleRef}
          label={
            <>
              Rationale <KeyCap of="write" />
            </>
          }
          description={
            <>
              {isHarmful(form.outcome) ? "Needed, because this outcome harms the person. " : null}
              {reasonsOf(bench).length === 0 ? null : (
                <>
                  <KeyCap of="canned" /> fills in a ready-made sentence to finish.{" "}
                </>
              )}
              Esc goes back to the keys.
            </>
          }
          onFocus={showWhole}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={form.rationale}
          onChange={(event) => onChange({ rationale: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function Exemption({
  form,
  expiry,
  note,
  onChange,
}: {
  readonly form: CaseForm;
  readonly expiry: RefObject<HTMLInputElement | null>;
  readonly note: RefObject<HTMLTextAreaElement | null>;
  readonly onChange: (change: Partial<CaseForm>) => void;
}) {
  const { exemption } = form;
  // What is half typed has no value of its own; only the field knows that it is there.
  const [bad, setBad] = useState(false);
  const [now] = useState(serverNow);
  return (
    <section aria-labelledby="exemption" className={classes.fields}>
      <h3 id="exemption">Exemption for every account found the same</h3>
      <TextInput
        ref={expiry}
        type="date"
        label="Holds until"
        description="From tomorrow to five years from now"
        min={expiryDays(now).first}
        max={expiryDays(now).last}
        error={bad ? "This is not a whole date: day, month and year." : undefined}
        value={exemption.expiresOn}
        onBlur={(event) => setBad(event.currentTarget.validity.badInput)}
        // A half-typed date that is cleared again changes no value, so no change is told of.
        onKeyUp={(event) => bad && setBad(event.currentTarget.validity.badInput)}
        onChange={(event) => {
          setBad(false);
          onChange({ exemption: { ...exemption, expiresOn: event.currentTarget.value } });
        }}
      />
      <Textarea
        ref={note}
        label="Note on the legitimate need"
        onFocus={showWhole}
        description="Needed: what it is, and where it can be seen"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={4000}
        value={exemption.note}
        onChange={(event) =>
          onChange({ exemption: { ...exemption, note: event.currentTarget.value } })
        }
      />
    </section>
  );
}

function Route({
  form,
  first,
  onChange,
  children,
}: {
  readonly form: CaseForm;
  readonly first: RefObject<HTMLButtonElement | null>;
  readonly onChange: (change: Partial<CaseForm>) => void;
  readonly children: ReactNode;
}) {
  return (
    <section aria-labelledby="route" className={classes.fields}>
      <h3 id="route">What should follow?</h3>
      <fieldset aria-labelledby="route" className={classes.options} data-choices>
        <button
          ref={first}
          type="button"
          className={classes.option}
          aria-pressed={form.route === "new_capture"}
          onMouseDown={keepFocus}
          onClick={() => onChange({ route: "new_capture" })}
        >
          <KeyCap of="new_capture" /> Wait for a new capture
        </button>
        <button
          type="button"
          className={classes.option}
          aria-pressed={form.route === "lead"}
          onMouseDown={keepFocus}
          onClick={() => onChange({ route: "lead" })}
        >
          <KeyCap of="ask_lead" /> Over to a lead, with a question
        </button>
      </fieldset>
      {form.route === "lead" ? children : null}
    </section>
  );
}

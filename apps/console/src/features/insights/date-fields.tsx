import { Button, TextInput } from "@mantine/core";
import type { Day } from "@secondlook/domain/insights/reporting-day";
import { useId, useState } from "react";
import { type Dates, presetsOf } from "./filter.ts";
import classes from "./insights.module.css";

/** From when to when: by a stretch that is asked for often, or by two days. */
export function DateFields(props: {
  readonly dates: Dates;
  /** The days that the page shows, also where none were asked for. */
  readonly shown: { readonly from: Day; readonly to: Day };
  readonly today: Day;
  readonly onDates: (dates: Dates) => void;
}) {
  const { dates, shown, today, onDates } = props;
  return (
    <>
      <fieldset className={classes.presets} aria-label="Days">
        {presetsOf(today).map(({ words, from, to }) => (
          <button
            key={words}
            type="button"
            aria-pressed={dates.from === from && dates.to === to}
            onClick={() => onDates({ from, to })}
          >
            {words}
          </button>
        ))}
      </fieldset>
      <TwoDays key={`${shown.from} ${shown.to}`} shown={shown} today={today} onDates={onDates} />
    </>
  );
}

function TwoDays(props: {
  readonly shown: { readonly from: Day; readonly to: Day };
  readonly today: Day;
  readonly onDates: (dates: Dates) => void;
}) {
  const { shown, today, onDates } = props;
  const [from, setFrom] = useState(shown.from);
  const [to, setTo] = useState(shown.to);
  const changed = from !== shown.from || to !== shown.to;
  const reversed = from !== "" && to !== "" && from > to;
  const fits = from !== "" && to !== "" && !reversed;
  const problem = useId();
  return (
    <form
      className={classes.days}
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) onDates({ from, to });
      }}
    >
      <TextInput
        size="xs"
        type="date"
        label="From"
        max={today}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        type="date"
        label="to"
        max={today}
        value={to}
        error={reversed}
        aria-describedby={reversed ? problem : undefined}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      {reversed ? (
        <span id={problem} role="alert" className={classes.fault}>
          The last day is before the first.
        </span>
      ) : changed ? (
        <Button type="submit" size="xs" disabled={!fits}>
          Show
        </Button>
      ) : null}
    </form>
  );
}

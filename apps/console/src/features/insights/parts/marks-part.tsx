import { useState } from "react";
import type { Insights } from "../../../lib/contract.ts";
import classes from "../insights.module.css";
import { tellMark } from "../mark-words.ts";
import { useOpenFigure } from "../opened.ts";
import { Section } from "../section.tsx";

/** As many as one takes in at a glance; the clearest come first. */
const AT_FIRST = 6;

/** What differs by more than chance and enough to matter, in sentences; the first thing on the page. */
export function MarksPart(props: {
  readonly page: Insights;
  /** The page is filtered by one person. */
  readonly ofOne: boolean;
}) {
  const { page } = props;
  const [all, setAll] = useState(false);
  const open = useOpenFigure();
  const told = page.marks.map((mark) => tellMark(mark, page));
  return (
    <Section
      title="What stands out"
      aside={
        <button
          type="button"
          className={classes.how}
          onClick={() => open({ definition: "marks", of: null, cases: null, sections: ["marks"] })}
        >
          How differences are marked
        </button>
      }
    >
      {props.ofOne ? (
        <p className={classes.calm}>
          This page is about one person, so there is nobody to compare with. What stands out about
          them is told when everybody is on it.
        </p>
      ) : told.length === 0 ? (
        <p className={classes.calm}>
          Nothing on this page differs from the rest by more than chance, and by enough to matter.
        </p>
      ) : null}
      {told.length === 0 ? null : (
        <ul className={classes.marks}>
          {(all ? told : told.slice(0, AT_FIRST)).map(
            ({ subject, what, value, reference, opens }) => (
              <li key={`${subject} ${what}`}>
                <button type="button" onClick={() => open(opens)}>
                  <strong>{subject}</strong>
                  <span>{what}</span>
                  <span className={classes.markValue}>
                    {value} <span className={classes.dim}>· the others {reference}</span>
                  </span>
                </button>
              </li>
            ),
          )}
        </ul>
      )}
      {told.length > AT_FIRST && !all ? (
        <button type="button" className={classes.how} onClick={() => setAll(true)}>
          {told.length - AT_FIRST} more
        </button>
      ) : null}
    </Section>
  );
}

import { type ReactNode, useId } from "react";
import classes from "./insights.module.css";

/** A part of the page under the question that it answers. */
export function Section(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  const title = useId();
  return (
    <section className={classes.section} aria-labelledby={title}>
      <div className={classes.sectionHead}>
        <h2 id={title}>{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}

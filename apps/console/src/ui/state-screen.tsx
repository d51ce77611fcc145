import type { ReactNode } from "react";
import classes from "./state-screen.module.css";

/** A screen that is all one message: what happened, and what to do. */
export function StateScreen(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly mark?: ReactNode;
}) {
  return (
    <section className={classes.screen}>
      <div className={classes.box}>
        {props.mark === undefined ? null : <div className={classes.mark}>{props.mark}</div>}
        <h1 className={classes.title}>{props.title}</h1>
        <div className={classes.text}>{props.children}</div>
        {props.actions === undefined ? null : (
          <div className={classes.actions}>{props.actions}</div>
        )}
      </div>
    </section>
  );
}

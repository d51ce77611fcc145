import type { ReactNode } from "react";
import classes from "./banner.module.css";

/** One line across the screen that says what is the matter and what to do. */
export function Banner(props: {
  readonly tone: "quiet" | "warn" | "harm";
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={classes.banner} data-tone={props.tone}>
      <div className={classes.text}>{props.children}</div>
      {props.actions === undefined ? null : <div className={classes.actions}>{props.actions}</div>}
    </div>
  );
}

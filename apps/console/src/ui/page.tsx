import type { ReactNode } from "react";
import classes from "./page.module.css";

/** A screen with a heading, what narrows it down, and its content. */
export function Page(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h1>{props.title}</h1>
        {props.aside}
      </div>
      {props.children}
    </div>
  );
}

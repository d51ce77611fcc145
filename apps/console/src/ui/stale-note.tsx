import { Button } from "@mantine/core";
import { problemOf } from "../lib/problem.ts";
import classes from "./page.module.css";

/** Under what was read before and stays: what could not be had now, and how to ask again. */
export function StaleNote(props: {
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  return (
    <p className={classes.stale} role="alert">
      {props.what} {problemOf(props.error).message}{" "}
      <Button size="compact-xs" variant="default" onClick={props.onRetry}>
        Try again
      </Button>
    </p>
  );
}

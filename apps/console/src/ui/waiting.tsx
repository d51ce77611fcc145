import { Loader, VisuallyHidden } from "@mantine/core";
import classes from "./waiting.module.css";

/** What fills a screen while it waits: dots for the eye, a heading for those who hear the page. */
export function Waiting(props: { readonly title: string }) {
  return (
    <div className={classes.waiting}>
      <VisuallyHidden component="h1">{props.title}</VisuallyHidden>
      <Loader type="dots" size="sm" aria-hidden />
    </div>
  );
}

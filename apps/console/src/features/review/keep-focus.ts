import type { MouseEvent } from "react";

/** A press by pointer leaves the focus where it was, so that Enter still does the next step. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

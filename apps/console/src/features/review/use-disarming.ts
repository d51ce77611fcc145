import { useEffect } from "react";
import { keyName } from "../../lib/keyboard/key-name.ts";
import type { ReviewSession } from "./model/review-session.ts";

/** Enter, with Shift or without, is the second stroke. */
const CONFIRMING = ["Enter", "Shift"];

/** The two strokes of a harmful decision follow one another: any other key takes back the first. */
export function useDisarming(armed: boolean, session: ReviewSession): void {
  useEffect(() => {
    if (!armed) return;
    const onKey = (event: KeyboardEvent): void => {
      // The browser's own combinations have no name.
      if (keyName(event) === null || CONFIRMING.includes(event.key)) return;
      session.edit((bench) => ({ ...bench, armed: false }));
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [armed, session]);
}

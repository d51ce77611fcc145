import { useEffect } from "react";
import { keyName } from "../../lib/keyboard/key-name.ts";
import type { ReviewSession } from "./model/review-session.ts";

const CONFIRMING = ["Enter", "Shift+Enter", "Shift"];

/** The two strokes of a harmful decision follow one another: any other key takes the first back. */
export function useDisarming(armed: boolean, session: ReviewSession): void {
  useEffect(() => {
    if (!armed) return;
    const onKey = (event: KeyboardEvent): void => {
      const name = keyName(event);
      if (name === null || CONFIRMING.includes(event.key)) return;
      session.edit((bench) => ({ ...bench, armed: false }));
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [armed, session]);
}

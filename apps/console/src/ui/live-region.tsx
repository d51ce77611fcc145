import { VisuallyHidden } from "@mantine/core";
import { useEffect } from "react";
import { announcement } from "../lib/announce.ts";
import { useStore } from "../lib/store.ts";

/** After so long what was said is no longer news to whoever comes by it, in milliseconds. */
const STALE = 10_000;

/** Reads out what changed, for those who listen; one region waits its turn, the other interrupts. */
export function LiveRegion() {
  const { text, urgent, serial } = useStore(announcement);
  useEffect(() => {
    const timer = setTimeout(() => announcement.set({ text: "", urgent: false, serial }), STALE);
    return () => clearTimeout(timer);
  }, [serial]);
  return (
    <>
      <VisuallyHidden component="output" aria-live="polite">
        {urgent ? "" : <span key={serial}>{text}</span>}
      </VisuallyHidden>
      <VisuallyHidden role="alert" aria-live="assertive">
        {urgent ? <span key={serial}>{text}</span> : ""}
      </VisuallyHidden>
    </>
  );
}

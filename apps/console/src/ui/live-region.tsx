import { VisuallyHidden } from "@mantine/core";
import { announcement } from "../lib/announce.ts";
import { useStore } from "../lib/store.ts";

/** Reads out what changed, for those who listen; one region waits its turn, the other interrupts. */
export function LiveRegion() {
  const { text, urgent, serial } = useStore(announcement);
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

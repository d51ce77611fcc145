import { Button } from "@mantine/core";
import { Banner } from "../../../ui/banner.tsx";
import { KeyCap } from "../key-cap.tsx";

/** Offers a break after a long sitting; nothing depends on it. */
export function BreakBanner(props: {
  readonly minutes: number;
  readonly onPause: () => void;
  readonly onLater: () => void;
}) {
  return (
    <Banner
      tone="quiet"
      actions={
        <>
          <Button size="xs" variant="default" onClick={props.onPause}>
            Pause <KeyCap of="pause" />
          </Button>
          <Button size="xs" variant="default" onClick={props.onLater}>
            Later <kbd>Esc</kbd>
          </Button>
        </>
      }
    >
      <strong>You have been at it for {props.minutes} minutes.</strong> A few minutes away from the
      screen help; your draft is kept, and the case goes back to the queue meanwhile.
    </Banner>
  );
}

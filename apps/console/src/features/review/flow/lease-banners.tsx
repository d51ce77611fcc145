import { CANCELLED_WORDS } from "@secondlook/domain/queue/cancelled";
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { announce } from "../../../lib/announce.ts";
import { Banner } from "../../../ui/banner.tsx";
import { clockOf } from "../../../ui/time.ts";
import { useNow } from "../../../ui/use-now.ts";
import type { WorkCase } from "../../../lib/contract.ts";
import { useKeyOf } from "../my-keys.ts";
import type { ReviewState } from "../model/review-state.ts";

/** Says at once that the lease is gone, and what can be done. */
export function LostBanner(props: {
  readonly lost: NonNullable<ReviewState["lost"]>;
  readonly onRetake: () => void;
  readonly onNext: () => void;
}) {
  const { free } = props.lost;
  const retake = useKeyOf("retake");
  return (
    <Banner
      tone="harm"
      actions={
        <>
          {free === false ? null : (
            <Button size="xs" variant="default" onClick={props.onRetake}>
              Take it again ({retake})
            </Button>
          )}
          <Button size="xs" onClick={props.onNext}>
            Next case (Enter)
          </Button>
        </>
      }
    >
      <strong>Your lease on this case is gone.</strong> {lostWords(props.lost)}
    </Banner>
  );
}

function lostWords({ free, why, mine }: NonNullable<ReviewState["lost"]>): string {
  if (mine === true) return "You decided this case in another tab.";
  if (why !== null) return CANCELLED_WORDS[why];
  return free === false
    ? "It is done, or another reviewer has it. What you sealed stays sealed."
    : "Its time ran out, or this window was not heard from in time. Nothing you filled in is lost. Take the case again to go on with it.";
}

/** Warns before the time that no heartbeat goes past. */
export function HardCapBanner({ work }: { readonly work: WorkCase }) {
  const now = useNow(1000);
  const left = work.hardUntil === null ? Infinity : Date.parse(work.hardUntil) - now;
  const warns = left > 0 && left <= work.rules.hardCapWarningMinutes * 60_000;
  useEffect(() => {
    if (warns) announce("The time for this case ends soon. What you filled in is kept.");
  }, [warns]);
  if (!warns) return null;
  return (
    <Banner tone="warn">
      <strong>This case is yours for another {clockOf(left)}.</strong> Then it goes back to the
      queue; what you filled in is kept, and you may take it again if it is free.
    </Banner>
  );
}

import { useEffect } from "react";
import { ReviewScreen } from "../../features/review/review-screen.tsx";
import { useStore } from "../../lib/store.ts";
import { useTitle } from "../../ui/use-title.ts";
import { deskOf } from "../desks.ts";
import { liveState } from "../live.ts";
import { RequireRight } from "../require-right.tsx";
import { useSignedIn } from "../who.ts";

export function Component() {
  const { account } = useSignedIn();
  useTitle("Review");
  const { session, media } = deskOf(account.id);
  const { told } = useStore(liveState);
  useEffect(() => {
    if (told !== null) session.hear(told.leases);
  }, [session, told]);
  return (
    <RequireRight right="queue.claim">
      <ReviewScreen
        session={session}
        media={media}
        queue={told?.queue ?? null}
        who={`${account.displayName} (${account.handle})`}
      />
    </RequireRight>
  );
}

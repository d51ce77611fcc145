import { ReviewScreen } from "../../features/review/review-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { deskOf } from "../desks.ts";
import { RequireRight } from "../require-right.tsx";
import { useSignedIn } from "../who.ts";

export function Component() {
  const { account } = useSignedIn();
  useTitle("Review");
  const { session, media } = deskOf(account.id);
  return (
    <RequireRight right="queue.claim">
      <ReviewScreen session={session} media={media} />
    </RequireRight>
  );
}

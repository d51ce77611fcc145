import { useSearchParams } from "react-router";
import { queryOf, readAddress } from "../../features/queue/queue-address.ts";
import { QueueScreen } from "../../features/queue/queue-screen.tsx";
import { useStore } from "../../lib/store.ts";
import { useTitle } from "../../ui/use-title.ts";
import { liveState } from "../live.ts";
import { RequireRight } from "../require-right.tsx";

export function Component() {
  const [search, setSearch] = useSearchParams();
  const live = useStore(liveState);
  useTitle("Queue");
  return (
    <RequireRight right="queue.oversee">
      <QueueScreen
        address={readAddress(search)}
        onAddress={(next) => setSearch(queryOf(next))}
        live={live}
      />
    </RequireRight>
  );
}

import { useSearchParams } from "react-router";
import { QueueScreen } from "../../features/queue/queue-screen.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { LiveHolders } from "../live-holders.tsx";
import { RequireRight } from "../require-right.tsx";

export function Component() {
  const [search, setSearch] = useSearchParams();
  useTitle("Queue");
  return (
    <RequireRight right="queue.oversee">
      <QueueScreen
        region={search.get("region")}
        onRegion={(region) => setSearch(region === null ? {} : { region })}
      />
      <LiveHolders />
    </RequireRight>
  );
}

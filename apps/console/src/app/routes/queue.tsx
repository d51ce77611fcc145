import { paramsOf, readAddress } from "../../features/queue/queue-address.ts";
import { QueueScreen } from "../../features/queue/queue-screen.tsx";
import { useStore } from "../../lib/store.ts";
import { useTitle } from "../../ui/use-title.ts";
import { liveState } from "../live.ts";
import { RequireRight } from "../require-right.tsx";
import { useAddress } from "../use-address.ts";

export function Component() {
  const [address, changeAddress] = useAddress(readAddress, paramsOf);
  const live = useStore(liveState);
  useTitle("Queue");
  return (
    <RequireRight right="queue.oversee">
      <QueueScreen address={address} onAddress={changeAddress} live={live} />
    </RequireRight>
  );
}

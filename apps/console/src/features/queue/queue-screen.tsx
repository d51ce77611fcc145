import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { LiveState } from "../../lib/live.ts";
import { api } from "../../lib/trpc.ts";
import { Page } from "../../ui/page.tsx";
import { LiveStrip } from "./live-strip.tsx";
import { MistakesView } from "./mistakes-view.tsx";
import { NobodyView } from "./nobody-view.tsx";
import { QuestionsView } from "./questions-view.tsx";
import type { QueueAddress } from "./queue-address.ts";
import { QueueNav } from "./queue-nav.tsx";
import { RegionFilter } from "./region-filter.tsx";
import { refreshMs, useQueueRefresh } from "./use-queue-refresh.ts";
import { WaitingView } from "./waiting-view.tsx";

/** For leads: what waits, how long, who holds what, and what asks for a lead. */
export function QueueScreen(props: {
  readonly address: QueueAddress;
  readonly onAddress: (part: Partial<QueueAddress>) => void;
  readonly live: LiveState;
}) {
  const { address, live, onAddress } = props;
  const { region, view } = address;
  useQueueRefresh(live);
  const everyMs = refreshMs(live);
  const summary = useQuery({
    // Asked for again with each view, so that no count beside a list is older than the list.
    queryKey: ["queue-summary", region, view],
    queryFn: () => api.queue.summary.query({ region }),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  });
  const views = {
    waiting: (
      <WaitingView
        address={address}
        summary={summary.data}
        summaryFailed={summary.isError}
        everyMs={everyMs}
      />
    ),
    nobody: <NobodyView region={region} everyMs={everyMs} />,
    mistakes: <MistakesView address={address} everyMs={everyMs} />,
    questions: <QuestionsView region={region} everyMs={everyMs} />,
  };
  return (
    <Page
      title="Queue"
      aside={
        <RegionFilter
          key={region ?? ""}
          region={region}
          onRegion={(next) => onAddress({ region: next })}
        />
      }
    >
      <LiveStrip live={live} region={region} />
      <QueueNav address={address} summary={summary.data} />
      {views[view]}
    </Page>
  );
}

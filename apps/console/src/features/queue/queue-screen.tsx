import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { QueueOverview } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { lengthOf } from "../../ui/time.ts";
import { HIDDEN_STAGES } from "../../ui/words.ts";
import { useNow } from "../../ui/use-now.ts";
import { QUEUE_COLUMNS } from "./queue-columns.tsx";
import classes from "./queue-screen.module.css";

/** How often what waits is counted anew, in milliseconds. */
const REFRESH = 20_000;
const firstPage: string | null = null;

/** For leads: what waits, how long, who holds what, and what nobody is left for. */
export function QueueScreen(props: {
  readonly region: string | null;
  readonly onRegion: (region: string | null) => void;
}) {
  const { region } = props;
  const now = useNow(15_000);
  const overview = useInfiniteQuery({
    queryKey: ["queue-overview", region],
    queryFn: ({ pageParam }) => api.queue.overview.query({ region, cursor: pageParam }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: REFRESH,
  });
  const pages = overview.data?.pages;
  const first = pages?.[0];
  return (
    <Page title="Queue" aside={<RegionFilter {...props} key={region ?? ""} />}>
      {overview.isError ? (
        <QueryProblem error={overview.error} onRetry={() => void overview.refetch()} />
      ) : first === undefined || pages === undefined ? (
        <p className={classes.dim}>Counting what waits …</p>
      ) : (
        <>
          <Counts overview={first} now={now} />
          {first.rows.some((row) => row.stage === null) ? (
            <p className={classes.dim}>{HIDDEN_STAGES}</p>
          ) : null}
          {first.rows.length === 0 ? (
            <p className={classes.nothing}>
              {region === null
                ? "Nothing waits. Cases appear here as upstream sends them."
                : `Nothing waits in ${region}.`}
            </p>
          ) : (
            <DataTable
              caption="What waits"
              columns={QUEUE_COLUMNS}
              rows={pages.flatMap((page) => page.rows)}
            />
          )}
          {overview.hasNextPage ? (
            <Button
              variant="default"
              mt="md"
              loading={overview.isFetchingNextPage}
              onClick={() => void overview.fetchNextPage()}
            >
              Show more
            </Button>
          ) : null}
        </>
      )}
    </Page>
  );
}

function RegionFilter(props: {
  readonly region: string | null;
  readonly onRegion: (region: string | null) => void;
}) {
  const [text, setText] = useState(props.region ?? "");
  return (
    <form
      className={classes.filter}
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = text.trim().toUpperCase();
        props.onRegion(wanted === "" ? null : wanted);
      }}
    >
      <TextInput
        label="Region"
        placeholder="VN or US-CA"
        size="xs"
        maxLength={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default">
        Show
      </Button>
      {props.region === null ? null : (
        <Button size="xs" variant="subtle" onClick={() => props.onRegion(null)}>
          All regions
        </Button>
      )}
    </form>
  );
}

function Counts({ overview, now }: { readonly overview: QueueOverview; readonly now: number }) {
  const { counts, oldestWaitingSince } = overview;
  const facts: readonly (readonly [string, string | number, boolean])[] = [
    ["Waiting", counts.waiting, false],
    ["Being worked on", counts.beingWorked, false],
    // Of cases that this lead may still judge, the stage stays untold.
    ["First look, not yours", counts.first, false],
    ["Second look, not yours", counts.second, false],
    ["Adjudication, not yours", counts.adjudication, false],
    ["Awaits a capture, not yours", counts.awaitingCapture, false],
    ["Overdue", counts.overdue, counts.overdue > 0],
    [
      "Oldest waits",
      oldestWaitingSince === null ? "–" : lengthOf(now - Date.parse(oldestWaitingSince)),
      false,
    ],
  ];
  return (
    <dl className={classes.counts}>
      {facts.map(([words, value, warns]) => (
        <div key={words} data-warns={warns}>
          <dt>{words}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

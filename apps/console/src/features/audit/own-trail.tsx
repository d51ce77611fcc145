import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { OwnTrail } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import tableClasses from "../../ui/data-table.module.css";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { momentOf } from "../../ui/time.ts";
import { kindWords } from "../../ui/words.ts";
import classes from "./audit.module.css";

type Row = OwnTrail["rows"][number];

const COLUMNS: Column<Row>[] = [
  {
    id: "at",
    header: "When",
    cell: ({ row }) => <time dateTime={row.original.at}>{momentOf(row.original.at)}</time>,
  },
  {
    id: "kind",
    header: "Event",
    cell: ({ row: { original } }) => (
      <>
        {kindWords(original.kind)}
        {original.outcome === "allowed" ? null : (
          <span className={tableClasses.warn}> {original.outcome}</span>
        )}
      </>
    ),
  },
  {
    id: "case",
    header: "Case",
    cell: ({ row }) => <span className={tableClasses.id}>{row.original.caseId ?? "–"}</span>,
  },
];

const firstPage: OwnTrail["nextCursor"] = null;

/** What the log has of oneself. Read when asked for, because the reading is an event as well. */
export function OwnTrailSection() {
  const [asked, setAsked] = useState(false);
  const found = useInfiniteQuery({
    queryKey: ["audit-mine"],
    queryFn: ({ pageParam }) => api.audit.mine.mutate({ cursor: pageParam }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
    enabled: asked,
    gcTime: 0,
    staleTime: "static",
  });
  const rows = found.data?.pages.flatMap((page) => page.rows);
  return (
    <section className={classes.trail} aria-labelledby="own-trail">
      <h2 id="own-trail">What the log has of you</h2>
      {!asked ? (
        <>
          <p className={classes.dim}>
            Everything that you saw and did here stands in the log. Looking at it is recorded, too.
          </p>
          <Button size="xs" variant="default" onClick={() => setAsked(true)}>
            Show my events
          </Button>
        </>
      ) : found.isError ? (
        <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
      ) : rows === undefined ? (
        <p className={classes.dim}>Reading …</p>
      ) : (
        <DataTable caption="My events" columns={COLUMNS} rows={rows} />
      )}
      {found.hasNextPage ? (
        <Button
          size="xs"
          variant="default"
          mt="md"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </section>
  );
}

import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { OwnTrail } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import tableClasses from "../../ui/data-table.module.css";
import type { Column } from "../../ui/data-table.tsx";
import { PagedList } from "../../ui/paged-list.tsx";
import { momentOf } from "../../ui/time.ts";
import { READ_ONCE, usePagesOf } from "../../ui/use-pages.ts";
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
  const found = usePagesOf(
    useInfiniteQuery({
      queryKey: ["audit-mine"],
      queryFn: ({ pageParam }) => api.audit.mine.mutate({ cursor: pageParam }),
      initialPageParam: firstPage,
      getNextPageParam: (page) => page.nextCursor,
      enabled: asked,
      ...READ_ONCE,
    }),
  );
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
      ) : (
        <PagedList
          caption="My events"
          columns={COLUMNS}
          pages={found}
          waiting="Reading …"
          nothing="Nothing yet."
        />
      )}
    </section>
  );
}

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { AuditFilter, AuditPage, AuditPurpose, AuditRow } from "../../lib/contract.ts";
import { download } from "../../lib/download.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import classes from "./audit.module.css";
import { readPage } from "./audit-api.ts";
import { entryColumns } from "./entry-columns.tsx";
import { EventDialog } from "./event/event-dialog.tsx";
import { paramsOf } from "./filter.ts";
import { pageCsv } from "./page-csv.ts";
import { SearchForm } from "./search-form.tsx";
import { StatusStrip } from "./status-strip.tsx";

/** One reading: what for, of what, and how manieth with the same filter. */
interface Reading {
  readonly purpose: AuditPurpose;
  readonly filter: AuditFilter;
  readonly cursor: AuditPage["nextCursor"];
  /** Another number, another reading: the same page once more is a new look. */
  readonly count: number;
}

/** The log, for auditors: page by page, newest first. Each page stands in the log itself. */
export function AuditScreen(props: {
  readonly filter: AuditFilter;
  readonly onFilter: (filter: AuditFilter) => void;
}) {
  const [reading, setReading] = useState<Reading | null>(null);
  const [earlier, setEarlier] = useState<readonly AuditPage["nextCursor"][]>([]);
  const [opened, setOpened] = useState<AuditRow | null>(null);
  const columns = useMemo(() => entryColumns(setOpened), []);
  const asked = paramsOf(props.filter).toString();
  // Back and forward change the address: what was read by another filter is not shown under it.
  const now = reading !== null && paramsOf(reading.filter).toString() === asked ? reading : null;
  const found = useQuery({
    queryKey: ["audit-page", now?.purpose, asked, now?.cursor, now?.count],
    queryFn: () =>
      now === null
        ? Promise.reject(new Error("no purpose was chosen"))
        : readPage(now.purpose, now.filter, now.cursor),
    enabled: now !== null,
    gcTime: 0,
    staleTime: "static",
  });
  const page = now === null ? undefined : found.data;
  const turn = (cursor: AuditPage["nextCursor"], before: readonly AuditPage["nextCursor"][]) => {
    if (now === null) return;
    setEarlier(before);
    setReading({ ...now, cursor, count: now.count + 1 });
  };
  return (
    <Page title="Audit" aside={<StatusStrip />}>
      <SearchForm
        key={asked}
        purpose={reading?.purpose ?? null}
        filter={props.filter}
        onRead={(purpose, filter) => {
          setEarlier([]);
          setReading({ purpose, filter, cursor: null, count: (reading?.count ?? 0) + 1 });
          if (paramsOf(filter).toString() !== asked) props.onFilter(filter);
        }}
      />
      {now === null ? (
        <p className={classes.nothing}>
          Choose what you read the log for. Each page that you read and each event that you open is
          recorded with it; what is shown of a case takes you out of judging it.
        </p>
      ) : found.isError ? (
        <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
      ) : page === undefined ? (
        <p className={classes.nothing}>Reading …</p>
      ) : page.rows.length === 0 ? (
        <p className={classes.nothing}>
          No event fits. New events take a second to get their position; check the days, or leave a
          field empty.
        </p>
      ) : (
        <DataTable caption="Events" columns={columns} rows={page.rows} />
      )}
      {page === undefined ? null : (
        <nav className={classes.pages} aria-label="Pages">
          <Button
            size="xs"
            variant="default"
            disabled={earlier.length === 0}
            onClick={() => turn(earlier.at(-1) ?? null, earlier.slice(0, -1))}
          >
            Newer
          </Button>
          <span aria-live="polite">Page {page.page}</span>
          <Button
            size="xs"
            variant="default"
            disabled={page.nextCursor === null}
            onClick={() => turn(page.nextCursor, [...earlier, now?.cursor ?? null])}
          >
            Older
          </Button>
          <Button
            size="xs"
            variant="subtle"
            disabled={page.rows.length === 0}
            onClick={() => download(`audit-page-${page.page}.csv`, pageCsv(page.rows))}
          >
            Download this page as CSV
          </Button>
        </nav>
      )}
      {opened === null || reading === null ? null : (
        <EventDialog row={opened} purpose={reading.purpose} onClose={() => setOpened(null)} />
      )}
    </Page>
  );
}

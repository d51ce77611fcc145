import { Button } from "@mantine/core";
import type { RowData } from "@tanstack/react-table";
import { isRefusal, problemOf } from "../lib/problem.ts";
import { type Column, DataTable } from "./data-table.tsx";
import classes from "./page.module.css";
import { QueryProblem } from "./query-problem.tsx";
import { StaleNote } from "./stale-note.tsx";
import type { Pages } from "./use-pages.ts";

/** A list part by part: the wait, what stands in it or that nothing does, and the way to more. */
export function PagedList<Row extends RowData>(props: {
  readonly caption: string;
  readonly columns: Column<Row>[];
  readonly pages: Pages<Row>;
  /** Said until the first part is there. */
  readonly waiting: string;
  /** Said where the list is empty. */
  readonly nothing: string;
}) {
  const { query, rows } = props.pages;
  const { error, isFetchNextPageError } = query;
  const again = () => void query.refetch();
  const more = () => void query.fetchNextPage();
  if (error !== null && (rows === undefined || isRefusal(problemOf(error), "forbidden"))) {
    return <QueryProblem error={error} onRetry={again} />;
  }
  if (rows === undefined) return <p className={classes.nothing}>{props.waiting}</p>;
  return (
    <>
      {rows.length === 0 ? (
        <p className={classes.nothing}>{props.nothing}</p>
      ) : (
        <DataTable caption={props.caption} columns={props.columns} rows={rows} />
      )}
      {error === null ? null : (
        <StaleNote
          what={isFetchNextPageError ? "More could not be read." : "This could not be read anew."}
          error={error}
          onRetry={isFetchNextPageError ? more : again}
        />
      )}
      {query.hasNextPage && !isFetchNextPageError ? (
        <Button
          variant="default"
          size="xs"
          mt="md"
          loading={query.isFetchingNextPage}
          onClick={more}
        >
          Show more
        </Button>
      ) : null}
    </>
  );
}

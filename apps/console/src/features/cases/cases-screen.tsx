import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { CaseRow } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import tableClasses from "../../ui/data-table.module.css";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { instantOf } from "../../ui/time.ts";
import { HIDDEN_STAGES, PRIORITY_WORDS, stageWords } from "../../ui/words.ts";
import classes from "./cases.module.css";
import { SearchForm } from "./search-form.tsx";
import { paramsOf, type Search } from "./search-params.ts";

const COLUMNS: Column<CaseRow>[] = [
  {
    id: "case",
    header: "Case",
    cell: ({ row }) => (
      <Link className={tableClasses.id} to={`/cases/${row.original.caseId}`}>
        {row.original.caseId}
      </Link>
    ),
  },
  {
    id: "external",
    header: "External id",
    cell: ({ row }) => (
      <span className={tableClasses.id}>
        <bdi>{row.original.externalId}</bdi>
      </span>
    ),
  },
  { id: "region", header: "Region", cell: ({ row }) => row.original.region },
  { id: "priority", header: "Priority", cell: ({ row }) => PRIORITY_WORDS[row.original.priority] },
  { id: "received", header: "Received", cell: ({ row }) => instantOf(row.original.receivedAt) },
  { id: "stage", header: "Stage", cell: ({ row }) => stageWords(row.original.stage) },
  {
    id: "outcome",
    header: "Outcome",
    cell: ({ row }) =>
      row.original.outcome === null ? (
        <span className={tableClasses.dim}>–</span>
      ) : (
        OUTCOME_WORDS[row.original.outcome]
      ),
  },
];

const firstPage: string | null = null;

/** Finding cases by ids and codes. Each search stands in the log. */
export function CasesScreen(props: {
  readonly search: Search;
  /** Whether the address asks for anything yet. */
  readonly asked: boolean;
  readonly onSearch: (search: Search) => void;
}) {
  const { search, asked } = props;
  const found = useInfiniteQuery({
    queryKey: ["case-search", paramsOf(search).toString()],
    queryFn: ({ pageParam }) => api.cases.search.query({ ...search, cursor: pageParam }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
    enabled: asked,
    gcTime: 0,
    staleTime: "static",
  });
  const rows = found.data?.pages.flatMap((page) => page.rows);
  return (
    <Page title="Cases">
      <SearchForm
        key={paramsOf(search).toString()}
        search={search}
        onSearch={(next) => {
          // The same search once more is a new look, and the log has it as one.
          if (paramsOf(next).toString() === paramsOf(search).toString()) void found.refetch();
          props.onSearch(next);
        }}
      />
      {!asked ? (
        <p className={classes.nothing}>
          Search by a whole id, or narrow down by region, outcome and dates. An empty search shows
          the newest cases.
        </p>
      ) : found.isError ? (
        <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
      ) : rows === undefined ? (
        <p className={classes.nothing}>Searching …</p>
      ) : rows.length === 0 ? (
        <p className={classes.nothing}>
          No case fits. Ids have to be whole; check the dates, or leave a field empty.
        </p>
      ) : (
        <>
          {rows.some((row) => row.stage === null) ? (
            <p className={classes.dim}>{HIDDEN_STAGES}</p>
          ) : null}
          <DataTable caption="Cases found" columns={COLUMNS} rows={rows} />
        </>
      )}
      {found.hasNextPage ? (
        <Button
          variant="default"
          mt="md"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </Page>
  );
}

import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { Link } from "react-router";
import type { CaseRow } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import tableClasses from "../../ui/data-table.module.css";
import type { Column } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { PagedList } from "../../ui/paged-list.tsx";
import { instantOf } from "../../ui/time.ts";
import { usePages } from "../../ui/use-pages.ts";
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
      ) : row.original.stage === "settled" ? (
        OUTCOME_WORDS[row.original.outcome]
      ) : (
        <span className={tableClasses.dim}>
          {OUTCOME_WORDS[row.original.outcome]}, not in effect
        </span>
      ),
  },
];

/** Finding cases by ids and codes. Each search stands in the log. */
export function CasesScreen(props: {
  readonly search: Search;
  /** Whether the address asks for anything yet. */
  readonly asked: boolean;
  readonly onSearch: (search: Search) => void;
}) {
  const { search, asked } = props;
  const found = usePages({
    key: ["case-search", paramsOf(search).toString()],
    read: (cursor) => api.cases.search.query({ ...search, cursor }),
    enabled: asked,
  });
  return (
    <Page title="Cases">
      <SearchForm
        key={paramsOf(search).toString()}
        search={search}
        onSearch={(next) => {
          // The same search once more is a new look, and the log has it as one.
          if (paramsOf(next).toString() === paramsOf(search).toString()) void found.query.refetch();
          props.onSearch(next);
        }}
      />
      {!asked ? (
        <p className={classes.nothing}>
          Search by a whole id, or narrow down by region, outcome and dates. An empty search shows
          the newest cases.
        </p>
      ) : (
        <>
          {found.rows?.some((row) => row.stage === null) === true ? (
            <p className={classes.dim}>{HIDDEN_STAGES}</p>
          ) : null}
          <PagedList
            caption="Cases found"
            columns={COLUMNS}
            pages={found}
            waiting="Searching …"
            nothing="No case fits. Ids have to be whole; check the dates, or leave a field empty."
          />
        </>
      )}
    </Page>
  );
}

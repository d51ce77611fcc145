import { Button } from "@mantine/core";
import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Link } from "react-router";
import type { CaseFigure, CountedCases } from "../../../lib/contract.ts";
import { problemOf } from "../../../lib/problem.ts";
import tableClasses from "../../../ui/data-table.module.css";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { ShownText } from "../../../ui/shown-text.tsx";
import { instantOf } from "../../../ui/time.ts";
import classes from "../insights.module.css";

type Row = CountedCases["rows"][number];

/** Lists of these figures tell what the machine said, so whoever sees one may not judge its cases. */
const TELLS_MACHINE: ReadonlySet<CaseFigure> = new Set<CaseFigure>([
  "override",
  "cleared",
  "caught",
  "own_override",
  "confirmed",
  "toward",
]);

const firstPage: string | null = null;

const COLUMNS: Column<Row>[] = [
  {
    id: "case",
    header: "Case",
    cell: ({ row }) => (
      <Link className={tableClasses.id} to={`/cases/${row.original.caseId}`}>
        {row.original.caseId}
      </Link>
    ),
  },
  { id: "region", header: "Region", cell: ({ row }) => row.original.region },
  { id: "decided", header: "Decided", cell: ({ row }) => instantOf(row.original.decidedAt) },
  { id: "outcome", header: "Outcome", cell: ({ row }) => OUTCOME_WORDS[row.original.outcome] },
];

const BY: Column<Row> = {
  id: "reviewer",
  header: "By",
  cell: ({ row }) => <ShownText>{row.original.reviewer.name}</ShownText>,
};

/** The case page is not everybody's; for others an id is only an id. */
const OWN_COLUMNS: Column<Row>[] = [
  {
    id: "case",
    header: "Case",
    cell: ({ row }) => <span className={tableClasses.id}>{row.original.caseId}</span>,
  },
  ...COLUMNS.slice(1),
];

/** The cases that a figure is made of, fetched when asked for: each that is shown stands in the log. */
export function CasesBehind(props: {
  readonly figure: CaseFigure;
  readonly read: (cursor: string | null) => Promise<CountedCases>;
  readonly names: boolean;
}) {
  const [asked, setAsked] = useState(false);
  const list = useId();
  const found = useInfiniteQuery({
    queryKey: ["insights-cases", list],
    queryFn: ({ pageParam }) => props.read(pageParam),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
    enabled: asked,
    gcTime: 0,
    staleTime: "static",
  });
  const rows = found.data?.pages.flatMap((page) => page.rows);
  return (
    <div className={classes.cases}>
      <h3>Cases behind it</h3>
      {!asked ? (
        <>
          <p className={classes.dim}>
            {TELLS_MACHINE.has(props.figure)
              ? "Each case that is shown stands in the log. The list tells what the machine said, so you may not judge these cases again, should one be reopened."
              : "Each case that is shown stands in the log."}
          </p>
          <Button size="xs" variant="default" onClick={() => setAsked(true)}>
            Show the cases
          </Button>
        </>
      ) : found.isError ? (
        <p role="alert" className={classes.fault}>
          {problemOf(found.error).message}{" "}
          <Button size="compact-xs" variant="default" onClick={() => void found.refetch()}>
            Try again
          </Button>
        </p>
      ) : rows === undefined ? (
        <p className={classes.dim}>Looking them up …</p>
      ) : rows.length === 0 ? (
        <p className={classes.dim}>
          None that is settled: cases under review again are not listed.
        </p>
      ) : (
        <DataTable
          caption="Cases behind the figure"
          columns={props.names ? [...COLUMNS, BY] : OWN_COLUMNS}
          rows={rows}
        />
      )}
      {found.hasNextPage ? (
        <Button
          size="xs"
          variant="default"
          mt="sm"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Show more
        </Button>
      ) : null}
    </div>
  );
}

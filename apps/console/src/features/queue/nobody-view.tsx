import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { StuckCase } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import tableClasses from "../../ui/data-table.module.css";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { PRIORITY_WORDS, stageWords } from "../../ui/words.ts";
import { remedyWords, whyWords } from "./oversight-words.ts";
import { DueCell, SinceCell } from "./queue-columns.tsx";
import classes from "./queue-screen.module.css";

const COLUMNS: Column<StuckCase>[] = [
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
  { id: "priority", header: "Priority", cell: ({ row }) => PRIORITY_WORDS[row.original.priority] },
  {
    id: "stage",
    header: "Stage",
    cell: ({ row }) => <span className={tableClasses.whole}>{stageWords(row.original.stage)}</span>,
  },
  { id: "due", header: "Due", cell: ({ row }) => <DueCell at={row.original.dueAt} /> },
  {
    id: "waiting",
    header: "Waits for",
    cell: ({ row }) => <SinceCell at={row.original.waitingSince} />,
  },
  { id: "why", header: "Why", cell: ({ row }) => whyWords(row.original) },
  { id: "remedy", header: "What to do", cell: ({ row }) => remedyWords(row.original) },
];

const firstPage: string | null = null;

/** Cases that nobody may take, with why and what to do. */
export function NobodyView(props: { readonly region: string | null; readonly everyMs: number }) {
  const { region } = props;
  const found = useInfiniteQuery({
    queryKey: ["queue-nobody", region],
    queryFn: ({ pageParam }) => api.queue.nobody.query({ region, cursor: pageParam }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: props.everyMs,
  });
  const rows = found.data?.pages.flatMap((page) => page.rows);
  return (
    <section aria-label="Cases that nobody may take">
      <p className={classes.lead}>
        Cases wait here that no claim will ever give to anybody: nobody fits in region, language and
        skill, or all who do had a part in them. The longest waiting stands first.
      </p>
      {found.isError ? (
        <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
      ) : rows === undefined ? (
        <p className={classes.dim}>Looking for them …</p>
      ) : rows.length === 0 ? (
        <p className={classes.nothing}>There is somebody for every case that waits.</p>
      ) : (
        <DataTable caption="Cases that nobody may take" columns={COLUMNS} rows={rows} />
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
    </section>
  );
}

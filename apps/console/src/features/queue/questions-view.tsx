import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { WaitingQuestion } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import tableClasses from "../../ui/data-table.module.css";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { ShownText } from "../../ui/shown-text.tsx";
import { StaleNote } from "../../ui/stale-note.tsx";
import { DueCell, SinceCell } from "./queue-columns.tsx";
import classes from "./queue-screen.module.css";
import { QuestionDialog } from "./question-dialog.tsx";

/** Questions that another lead will answer, the oldest first. */
export function QuestionsView(props: { readonly region: string | null; readonly everyMs: number }) {
  const { region } = props;
  const [reading, setReading] = useState<WaitingQuestion | null>(null);
  const found = useQuery({
    queryKey: ["queue-questions", region],
    queryFn: () => api.queue.questions.query({ region }),
    refetchInterval: props.everyMs,
  });
  // Made once: cells of new columns are new elements, which the focus would not find again.
  const columns = useMemo(() => columnsOf(setReading), []);
  const rows = found.data?.rows;
  return (
    <section aria-label="Questions for a lead">
      <p className={classes.lead}>
        A question that you may answer yourself is neither listed nor counted here: you judge such a
        case without knowing that somebody asked, and read the question after your own ratings.
        Cases for leads come first with <Link to="/review">your next claim</Link>, before all
        others.
      </p>
      {found.isLoadingError ? (
        <QueryProblem error={found.error} onRetry={() => void found.refetch()} />
      ) : rows === undefined ? (
        <p className={classes.dim}>Looking for them …</p>
      ) : rows.length === 0 ? (
        <p className={classes.nothing}>No question waits for another lead.</p>
      ) : (
        <DataTable caption="Questions for a lead" columns={columns} rows={rows} />
      )}
      {found.isRefetchError ? (
        <StaleNote
          what="This could not be read anew."
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      ) : null}
      {found.data?.cut === true ? (
        <p className={classes.dim}>More wait than are listed; narrow down to a region.</p>
      ) : null}
      {reading === null ? null : <QuestionDialog of={reading} onClose={() => setReading(null)} />}
    </section>
  );
}

function columnsOf(onRead: (question: WaitingQuestion) => void): Column<WaitingQuestion>[] {
  return [
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
    {
      id: "by",
      header: "Asked by",
      cell: ({ row }) => <ShownText>{row.original.askedBy}</ShownText>,
    },
    {
      id: "asked",
      header: "Waits for",
      cell: ({ row }) => <SinceCell at={row.original.askedAt} />,
    },
    { id: "due", header: "Due", cell: ({ row }) => <DueCell at={row.original.dueAt} /> },
    { id: "who", header: "Who answers", cell: ({ row }) => <Answers of={row.original} /> },
    {
      id: "read",
      header: "Question",
      cell: ({ row }) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Read the question of ${row.original.caseId}`}
          onClick={() => onRead(row.original)}
        >
          Read
        </Button>
      ),
    },
  ];
}

function Answers({ of: { heldBy, leadsLeft } }: { readonly of: WaitingQuestion }) {
  if (heldBy !== null) {
    return (
      <>
        <ShownText>{heldBy}</ShownText> has it now
      </>
    );
  }
  if (leadsLeft === 0) {
    return <span className={tableClasses.warn}>No lead is left: see “Nobody may take”</span>;
  }
  return leadsLeft === 1 ? "1 lead may take it" : `${leadsLeft} leads may take it`;
}

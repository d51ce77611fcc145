import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { MISTAKE_OUTCOME_WORDS } from "@secondlook/domain/decisions/mistake";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { ReportedMistake } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import tableClasses from "../../ui/data-table.module.css";
import type { Column } from "../../ui/data-table.tsx";
import { PagedList } from "../../ui/paged-list.tsx";
import { ShownText } from "../../ui/shown-text.tsx";
import { instantOf } from "../../ui/time.ts";
import { usePages } from "../../ui/use-pages.ts";
import { MistakeDialog } from "./mistake-dialog.tsx";
import { type QueueAddress, queryOf } from "./queue-address.ts";
import { SinceCell } from "./queue-columns.tsx";
import classes from "./queue-screen.module.css";

/** Decisions that their authors reported as mistakes: those that wait, or those that were closed. */
export function MistakesView(props: { readonly address: QueueAddress; readonly everyMs: number }) {
  const { address } = props;
  const { region, closed } = address;
  const [reading, setReading] = useState<ReportedMistake | null>(null);
  const queryClient = useQueryClient();
  const found = usePages({
    key: ["queue-mistakes", region, closed],
    read: (cursor) => api.decisions.mistakes.query({ region, handled: closed, cursor }),
    everyMs: props.everyMs,
  });
  // Made once: cells of new columns are new elements, which the focus would not find again.
  const columns = useMemo(() => columnsOf(closed, setReading), [closed]);
  return (
    <section aria-label="Mistakes reported">
      <div className={classes.sectionHead}>
        <p className={classes.lead}>
          Decisions that their own authors say were wrong. Of a case that you may still judge none
          is listed; it comes once the case is over.
        </p>
        <nav className={classes.orders} aria-label="Which reports">
          {[false, true].map((each) => (
            <Link
              key={String(each)}
              to={queryOf({ ...address, closed: each }) || "?"}
              aria-current={each === closed ? "true" : undefined}
            >
              {each ? "closed" : "open, oldest first"}
            </Link>
          ))}
        </nav>
      </div>
      <PagedList
        caption="Mistakes reported"
        columns={columns}
        pages={found}
        waiting="Looking for them …"
        nothing={closed ? "No report was closed yet." : "No reported mistake waits."}
      />
      {reading === null ? null : (
        <MistakeDialog
          of={reading}
          onClose={() => setReading(null)}
          onClosed={() => {
            setReading(null);
            void queryClient.invalidateQueries({ queryKey: ["queue-mistakes"] });
            void queryClient.invalidateQueries({ queryKey: ["queue-summary"] });
          }}
        />
      )}
    </section>
  );
}

function columnsOf(
  closed: boolean,
  onRead: (mistake: ReportedMistake) => void,
): Column<ReportedMistake>[] {
  return [
    {
      id: "case",
      header: "Case",
      cell: ({ row: { original } }) => (
        <>
          <Link className={tableClasses.id} to={`/cases/${original.caseId}`}>
            {original.caseId}
          </Link>{" "}
          <span className={tableClasses.dim}>
            <ShownText>{original.externalId}</ShownText> · {original.region}
          </span>
        </>
      ),
    },
    {
      id: "by",
      header: "Whose",
      cell: ({ row: { original } }) => (
        <>
          <ShownText>{original.by}</ShownText>
          {original.isYours ? <span className={tableClasses.dim}> · you</span> : null}
        </>
      ),
    },
    {
      id: "decided",
      header: "Decided",
      cell: ({ row: { original } }) =>
        `${OUTCOME_WORDS[original.outcome]}, ${instantOf(original.decidedAt)}`,
    },
    closed
      ? {
          id: "closed",
          header: "Closed",
          cell: ({ row: { original } }) => <ClosedCell of={original} />,
        }
      : {
          id: "reported",
          header: "Reported",
          cell: ({ row: { original } }) => <SinceCell at={original.reportedAt} ago />,
        },
    {
      id: "read",
      header: "Report",
      cell: ({ row: { original } }) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Read the report of ${original.caseId}`}
          onClick={() => onRead(original)}
        >
          Read
        </Button>
      ),
    },
  ];
}

function ClosedCell({ of: { handled } }: { readonly of: ReportedMistake }) {
  if (handled === null) return null;
  return (
    <>
      {MISTAKE_OUTCOME_WORDS[handled.how]} · <ShownText>{handled.by}</ShownText>,{" "}
      {instantOf(handled.at)}
    </>
  );
}

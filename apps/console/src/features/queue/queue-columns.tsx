import { Link } from "react-router";
import type { QueueOverview } from "../../lib/contract.ts";
import tableClasses from "../../ui/data-table.module.css";
import type { Column } from "../../ui/data-table.tsx";
import { dueIn, lengthOf } from "../../ui/time.ts";
import { PRIORITY_WORDS, stageWords } from "../../ui/words.ts";
import { ShownText } from "../../ui/shown-text.tsx";

type Row = QueueOverview["rows"][number];

/** The columns of what waits, at a time in epoch milliseconds. */
export function queueColumns(now: number): Column<Row>[] {
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
      id: "priority",
      header: "Priority",
      cell: ({ row }) => PRIORITY_WORDS[row.original.priority],
    },
    { id: "stage", header: "Stage", cell: ({ row }) => stageWords(row.original.stage) },
    {
      id: "due",
      header: "Due",
      cell: ({ row }) => (
        <span className={Date.parse(row.original.dueAt) < now ? tableClasses.warn : undefined}>
          {dueIn(row.original.dueAt, now)}
        </span>
      ),
    },
    {
      id: "waiting",
      header: "Waits for",
      cell: ({ row }) => lengthOf(now - Date.parse(row.original.waitingSince)),
    },
    {
      id: "held",
      header: "Who has it",
      cell: ({ row }) => <Holder row={row.original} now={now} />,
    },
  ];
}

function Holder({ row, now }: { readonly row: Row; readonly now: number }) {
  if (row.nobodyEligible) {
    return (
      <span className={tableClasses.warn}>
        Nobody is left who may judge it: give somebody the region, or take it yourself
      </span>
    );
  }
  if (row.heldBy !== null) {
    const left = Date.parse(row.heldBy.until) - now;
    return (
      <>
        <ShownText>{row.heldBy.displayName}</ShownText>
        {left > 0 ? <span className={tableClasses.dim}> for {lengthOf(left)} more</span> : null}
      </>
    );
  }
  const opens = Date.parse(row.claimableAt) - now;
  return (
    <span className={tableClasses.dim}>
      {opens > 0 ? `nobody; opens in ${lengthOf(opens)}` : "nobody"}
    </span>
  );
}

import { Link } from "react-router";
import type { QueueRow } from "../../lib/contract.ts";
import tableClasses from "../../ui/data-table.module.css";
import type { Column } from "../../ui/data-table.tsx";
import { dueIn, lengthOf } from "../../ui/time.ts";
import { useNow } from "../../ui/use-now.ts";
import { PRIORITY_WORDS, stageWords } from "../../ui/words.ts";
import { ShownText } from "../../ui/shown-text.tsx";

/** How often times in the table are told anew, in milliseconds. */
const TICK = 15_000;

/** The columns of what waits. Made once: new ones would mount every cell anew and lose the focus. */
export const QUEUE_COLUMNS: Column<QueueRow>[] = [
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
  { id: "held", header: "Who has it", cell: ({ row }) => <Holder row={row.original} /> },
];

/** When something is due, from now. */
export function DueCell({ at }: { readonly at: string }) {
  const now = useNow(TICK);
  return (
    <span className={Date.parse(at) < now ? tableClasses.warn : undefined}>{dueIn(at, now)}</span>
  );
}

/** For how long something has waited, or how long ago it was. */
export function SinceCell({ at, ago }: { readonly at: string; readonly ago?: boolean }) {
  const length = lengthOf(Math.max(0, useNow(TICK) - Date.parse(at)));
  return ago === true ? `${length} ago` : length;
}

function Holder({ row }: { readonly row: QueueRow }) {
  const now = useNow(TICK);
  if (row.nobodyEligible) {
    return (
      <span className={tableClasses.warn}>
        Nobody may take it: <Link to="?view=nobody">why, and what to do</Link>
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
  if (row.keptFor !== null) {
    const left = Date.parse(row.keptFor.until) - now;
    return (
      <span className={tableClasses.dim}>
        kept for <ShownText>{row.keptFor.displayName}</ShownText>
        {left > 0 ? ` for ${lengthOf(left)} more` : null}
      </span>
    );
  }
  const opens = Date.parse(row.claimableAt) - now;
  return (
    <span className={tableClasses.dim}>
      {opens > 0 ? `nobody; opens in ${lengthOf(opens)}` : "nobody"}
    </span>
  );
}

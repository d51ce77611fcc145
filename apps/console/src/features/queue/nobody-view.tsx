import { Link } from "react-router";
import type { StuckCase } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import tableClasses from "../../ui/data-table.module.css";
import type { Column } from "../../ui/data-table.tsx";
import { PagedList } from "../../ui/paged-list.tsx";
import { usePages } from "../../ui/use-pages.ts";
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

/** Cases that nobody may take, with why and what to do. */
export function NobodyView(props: { readonly region: string | null; readonly everyMs: number }) {
  const { region } = props;
  const found = usePages({
    key: ["queue-nobody", region],
    read: (cursor) => api.queue.nobody.query({ region, cursor }),
    everyMs: props.everyMs,
  });
  return (
    <section aria-label="Cases that nobody may take">
      <p className={classes.lead}>
        Cases wait here that no claim will ever give to anybody: nobody fits in region, language and
        skill, or all who do had a part in them. The longest waiting stands first.
      </p>
      <PagedList
        caption="Cases that nobody may take"
        columns={COLUMNS}
        pages={found}
        waiting="Looking for them …"
        nothing="There is somebody for every case that waits."
      />
    </section>
  );
}

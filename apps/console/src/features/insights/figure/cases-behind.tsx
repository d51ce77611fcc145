import { Button } from "@mantine/core";
import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { useId, useState } from "react";
import { Link } from "react-router";
import type { CaseFigure, CountedCases } from "../../../lib/contract.ts";
import tableClasses from "../../../ui/data-table.module.css";
import type { Column } from "../../../ui/data-table.tsx";
import { PagedList } from "../../../ui/paged-list.tsx";
import { ShownText } from "../../../ui/shown-text.tsx";
import { instantOf } from "../../../ui/time.ts";
import { usePages } from "../../../ui/use-pages.ts";
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

const NAMED_COLUMNS: Column<Row>[] = [
  ...COLUMNS,
  {
    id: "reviewer",
    header: "By",
    cell: ({ row }) => <ShownText>{row.original.reviewer.name}</ShownText>,
  },
];

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
  const found = usePages({ key: ["insights-cases", list], read: props.read, enabled: asked });
  return (
    <div className={classes.cases}>
      <h3>Cases behind it</h3>
      {!asked ? (
        <>
          <p className={classes.dim}>
            {TELLS_MACHINE.has(props.figure)
              ? "Each case that is shown stands in the log. That a case is listed tells what the machine said of it, so you may not judge it again, should it be reopened."
              : "Each case that is shown stands in the log."}
          </p>
          <Button size="xs" variant="default" onClick={() => setAsked(true)}>
            Show the cases
          </Button>
        </>
      ) : (
        <PagedList
          caption="Cases behind the figure"
          columns={props.names ? NAMED_COLUMNS : OWN_COLUMNS}
          pages={found}
          waiting="Looking them up …"
          nothing="None that is settled: cases under review again are not listed."
        />
      )}
    </div>
  );
}

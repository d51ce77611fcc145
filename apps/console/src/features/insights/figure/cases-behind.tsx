import { Button, SegmentedControl } from "@mantine/core";
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
  "away",
]);

/** What a share counts, in words: the others of the two lists are all that it is a share of. */
const COUNTED: Partial<Record<CaseFigure, string>> = {
  late: "Those late",
  override: "Those overturned",
  cleared: "Those cleared",
  caught: "Those caught",
  own_override: "Those against the machine",
  confirmed: "Those confirmed",
  shift: "Those amended",
  toward: "Those amended towards it",
  away: "Those amended away from it",
  disagreed: "Those that disagree",
  own_disagreed: "Those that disagree",
  outcome: "Those with this outcome",
  reason: "Those that name it",
};

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

/** Asks for a page of a figure's cases: of those that it counts, or of the whole that it is a share of. */
export type ReadCases = (asked: {
  readonly whole: boolean;
  readonly cursor: string | null;
}) => Promise<CountedCases>;

/** The cases that a figure is made of, fetched when asked for: each that is shown stands in the log. */
export function CasesBehind(props: {
  readonly figure: CaseFigure;
  readonly read: ReadCases;
  readonly names: boolean;
}) {
  const [whole, setWhole] = useState(false);
  const [asked, setAsked] = useState(false);
  const list = useId();
  const found = usePages({
    key: ["insights-cases", list, whole],
    read: (cursor) => props.read({ whole, cursor }),
    enabled: asked,
  });
  const counted = COUNTED[props.figure];
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
        <>
          {counted === undefined ? null : (
            <SegmentedControl
              size="xs"
              aria-label="Which cases are listed"
              className={classes.segments ?? ""}
              data={[
                { value: "counted", label: counted },
                { value: "whole", label: "All that it is a share of" },
              ]}
              value={whole ? "whole" : "counted"}
              onChange={(value) => setWhole(value === "whole")}
            />
          )}
          <PagedList
            caption="Cases behind the figure"
            columns={props.names ? NAMED_COLUMNS : OWN_COLUMNS}
            pages={found}
            waiting="Looking them up …"
            nothing="None that is settled: cases under review again are not listed."
          />
        </>
      )}
    </div>
  );
}

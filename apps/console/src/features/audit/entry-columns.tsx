import { Link } from "react-router";
import type { AuditRow } from "../../lib/contract.ts";
import tableClasses from "../../ui/data-table.module.css";
import type { Column } from "../../ui/data-table.tsx";
import { ShownText } from "../../ui/shown-text.tsx";
import { momentOf } from "../../ui/time.ts";
import { kindWords } from "../../ui/words.ts";
import classes from "./audit.module.css";

/** The columns of the log; the kind opens the event. */
export function entryColumns(onOpen: (row: AuditRow) => void): Column<AuditRow>[] {
  return [
    {
      id: "index",
      header: "Position",
      cell: ({ row }) => <span className={tableClasses.id}>{row.original.index}</span>,
    },
    {
      id: "at",
      header: "When",
      cell: ({ row }) => <time dateTime={row.original.at}>{momentOf(row.original.at)}</time>,
    },
    {
      id: "kind",
      header: "Event",
      cell: ({ row: { original } }) => (
        <>
          <button
            type="button"
            className={classes.open}
            aria-label={`Open ${kindWords(original.kind)}, position ${original.index}`}
            onClick={() => onOpen(original)}
          >
            {kindWords(original.kind)}
          </button>
          {original.outcome === "allowed" ? null : (
            <span className={tableClasses.warn}> {original.outcome}</span>
          )}
        </>
      ),
    },
    {
      id: "who",
      header: "Who",
      cell: ({ row: { original } }) => (
        <>
          {original.name === null ? (
            <span className={tableClasses.id}>{original.actor}</span>
          ) : (
            <span title={original.actor}>
              <ShownText>{original.name}</ShownText>
            </span>
          )}{" "}
          <span className={tableClasses.dim}>({original.role})</span>
        </>
      ),
    },
    {
      id: "case",
      header: "Case",
      cell: ({ row: { original } }) =>
        original.caseId === null ? (
          <span className={tableClasses.dim}>–</span>
        ) : (
          <Link className={tableClasses.id} to={`/cases/${original.caseId}`}>
            {original.caseId}
          </Link>
        ),
    },
    {
      id: "subject",
      header: "Subject",
      cell: ({ row: { original } }) =>
        original.subjectId === null ? (
          <span className={tableClasses.dim}>–</span>
        ) : (
          <span className={tableClasses.id}>{original.subjectId}</span>
        ),
    },
  ];
}

import type { KeyboardEvent } from "react";
import type { CaseId, QueueRow } from "../../../lib/contract.ts";
import type { Column } from "../../../ui/data-table.tsx";
import classes from "./routing.module.css";
import { useTheSelection } from "./selection.ts";

/** A box for each case, by which a lead takes several at once. */
export const SELECT_COLUMN: Column<QueueRow> = {
  id: "select",
  header: () => <AllBox />,
  cell: ({ row }) => <CaseBox caseId={row.original.caseId} />,
};

function AllBox() {
  const { all, toggleAll } = useTheSelection();
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label="Select all shown"
      checked={all === "all"}
      ref={(box) => {
        if (box !== null) box.indeterminate = all === "some";
      }}
      onChange={toggleAll}
      onKeyDown={goThrough}
    />
  );
}

function CaseBox({ caseId }: { readonly caseId: CaseId }) {
  const selection = useTheSelection();
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label={`Select ${caseId}`}
      checked={selection.ids.has(caseId)}
      // A click by Space says whether Shift is held, as one by the mouse does.
      onClick={(event) => selection.toggle(caseId, event.shiftKey)}
      onChange={() => undefined}
      onKeyDown={goThrough}
    />
  );
}

/** Up and down lead from box to box. */
function goThrough(event: KeyboardEvent<HTMLInputElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const boxes = [
    ...(event.currentTarget
      .closest("table")
      ?.querySelectorAll<HTMLInputElement>(`input.${classes.box ?? ""}`) ?? []),
  ];
  const next = boxes[boxes.indexOf(event.currentTarget) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

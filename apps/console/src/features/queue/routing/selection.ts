import { createContext, useContext, useMemo, useState } from "react";
import type { CaseId, QueueRow } from "../../../lib/contract.ts";

/** Which cases of the list are selected, and how that changes. */
export interface Selection {
  readonly ids: ReadonlySet<CaseId>;
  /** Selects a case, or leaves it out; with `range`, all from the one last touched up to it. */
  readonly toggle: (id: CaseId, range: boolean) => void;
  /** Selects all that is shown, or nothing where all is selected. */
  readonly toggleAll: () => void;
  readonly clear: () => void;
  readonly all: "none" | "some" | "all";
}

/** The selection after a case was touched: pure, over the list in its order. */
export function toggled(
  shown: readonly CaseId[],
  ids: ReadonlySet<CaseId>,
  touched: { readonly id: CaseId; readonly from: CaseId | null },
): ReadonlySet<CaseId> {
  const { id, from } = touched;
  const selects = !ids.has(id);
  const [one, other] = [shown.indexOf(from ?? id), shown.indexOf(id)];
  const range = one < 0 ? [id] : shown.slice(Math.min(one, other), Math.max(one, other) + 1);
  const next = new Set(ids);
  for (const each of range) {
    if (selects) next.add(each);
    else next.delete(each);
  }
  return next;
}

/** Selection over what is shown: what leaves the list leaves the selection with it. */
export function useSelection(rows: readonly QueueRow[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<CaseId>>(new Set());
  const [last, setLast] = useState<CaseId | null>(null);
  return useMemo(() => {
    const shown = rows.map(({ caseId }) => caseId);
    const ids = new Set(shown.filter((id) => chosen.has(id)));
    const isAll = shown.length > 0 && ids.size === shown.length;
    return {
      ids,
      all: ids.size === 0 ? "none" : isAll ? "all" : "some",
      toggle(id, range) {
        setChosen(toggled(shown, ids, { id, from: range ? last : null }));
        setLast(id);
      },
      toggleAll: () => setChosen(isAll ? new Set() : new Set(shown)),
      clear: () => setChosen(new Set()),
    };
  }, [rows, chosen, last]);
}

const nothing: Selection = {
  ids: new Set(),
  all: "none",
  toggle: () => undefined,
  toggleAll: () => undefined,
  clear: () => undefined,
};

/** The selection of the list around a cell: columns are made once, so it can't be a parameter. */
export const SelectionContext = createContext<Selection>(nothing);

export const useTheSelection = (): Selection => useContext(SelectionContext);

import { MAX_ROUTED, type RouteAct } from "@secondlook/domain/queue/route";
import { Button } from "@mantine/core";
import { useState } from "react";
import type { QueueRow } from "../../../lib/contract.ts";
import { RouteDialog } from "./route-dialog.tsx";
import classes from "./routing.module.css";
import { ACT_TITLES, casesWords } from "./routing-words.ts";
import type { Selection } from "./selection.ts";

interface Opened {
  readonly act: RouteAct;
  /** As they were when the dialog opened: the list behind it may change meanwhile. */
  readonly rows: readonly QueueRow[];
}

/** What can be done with the selected cases: where they go, never how they are judged. */
export function RoutingBar(props: {
  readonly selection: Selection;
  readonly rows: readonly QueueRow[];
}) {
  const { selection } = props;
  const [opened, setOpened] = useState<Opened | null>(null);
  const rows = props.rows.filter(({ caseId }) => selection.ids.has(caseId));
  const acts: readonly (readonly [RouteAct, readonly QueueRow[]])[] = [
    ["assign", rows],
    ["priority", rows],
    ["release", rows.filter(({ heldBy }) => heldBy !== null)],
    ["put_back", rows.filter(({ keptFor }) => keptFor !== null)],
  ];
  return (
    <>
      {props.rows.length === 0 ? null : rows.length === 0 ? (
        <p className={classes.hint}>
          Select with Space, several with Shift; <kbd>↑</kbd> <kbd>↓</kbd> go through the list.
        </p>
      ) : (
        <div className={classes.bar} role="toolbar" aria-label="With the selected cases">
          <output>{casesWords(rows.length)} selected</output>
          {rows.length > MAX_ROUTED ? <span>{MAX_ROUTED} at most at once</span> : null}
          {acts.map(([act, for_]) =>
            for_.length === 0 ? null : (
              <Button
                key={act}
                size="xs"
                variant="default"
                disabled={for_.length > MAX_ROUTED}
                onClick={() => setOpened({ act, rows: for_ })}
              >
                {ACT_TITLES[act]}
                {for_.length === rows.length ? "" : ` (${for_.length})`} …
              </Button>
            ),
          )}
          <Button size="xs" variant="subtle" onClick={selection.clear}>
            Select none
          </Button>
        </div>
      )}
      {opened === null ? null : (
        <RouteDialog
          act={opened.act}
          rows={opened.rows}
          onDone={selection.clear}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

import { Link } from "react-router";
import type { QueueOverview, QueueRow } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import { PagedList } from "../../ui/paged-list.tsx";
import { usePages } from "../../ui/use-pages.ts";
import { HIDDEN_STAGES } from "../../ui/words.ts";
import { AGE_WORDS, DUE_WORDS } from "./oversight-words.ts";
import { OrderLinks } from "./order-links.tsx";
import { type QueueAddress, queryOf } from "./queue-address.ts";
import { QUEUE_COLUMNS } from "./queue-columns.tsx";
import { RoutingBar } from "./routing/routing-bar.tsx";
import { SELECT_COLUMN } from "./routing/select-column.tsx";
import { SelectionContext, useSelection } from "./routing/selection.ts";
import classes from "./queue-screen.module.css";

const NONE: QueueRow[] = [];
const COLUMNS = [SELECT_COLUMN, ...QUEUE_COLUMNS];

/** What waits and who holds what, narrowed down and ordered by the address. */
export function WaitingTable(props: { readonly address: QueueAddress; readonly everyMs: number }) {
  const { address } = props;
  const { region, age, due, order } = address;
  const found = usePages({
    key: ["queue-overview", region, age, due, order],
    read: (cursor) => api.queue.overview.query({ region, age, due, order, cursor }),
    everyMs: props.everyMs,
  });
  const rows = found.rows ?? NONE;
  const selection = useSelection(rows);
  return (
    <section aria-labelledby="what-waits">
      <div className={classes.sectionHead}>
        <h2 id="what-waits">What waits</h2>
        <Narrowed address={address} />
        <OrderLinks address={address} />
      </div>
      {found.first === undefined ? null : <StageCounts counts={found.first.counts} />}
      {rows.some((row) => row.stage === null) ? (
        <p className={classes.dim}>{HIDDEN_STAGES}</p>
      ) : null}
      <SelectionContext value={selection}>
        <PagedList
          caption="What waits"
          columns={COLUMNS}
          pages={found}
          waiting="Counting what waits …"
          nothing={nothingWords(address)}
        />
      </SelectionContext>
      {/* Whatever becomes of the list, what somebody is at in a dialog of this bar stays. */}
      <RoutingBar selection={selection} rows={rows} />
    </section>
  );
}

/** By what the list is narrowed down, and the way out of it. */
function Narrowed({ address }: { readonly address: QueueAddress }) {
  const { age, due } = address;
  if (age === null && due === null) return null;
  const parts = [
    ...(age === null ? [] : [`waits ${AGE_WORDS[age]}`]),
    ...(due === null ? [] : [DUE_WORDS[due] === "overdue" ? "overdue" : `due ${DUE_WORDS[due]}`]),
  ];
  return (
    <p className={classes.narrowed}>
      Only: {parts.join(", ")} ·{" "}
      <Link to={queryOf({ ...address, age: null, due: null }) || "?"}>Show all</Link>
    </p>
  );
}

function nothingWords({ region, age, due }: QueueAddress): string {
  if (age !== null || due !== null) return "Nothing that waits is so old and due so soon.";
  return region === null
    ? "Nothing waits. Cases appear here as upstream sends them."
    : `Nothing waits in ${region}.`;
}

/** Of cases that this lead may still judge, the stage stays untold. */
function StageCounts({ counts }: { readonly counts: QueueOverview["counts"] }) {
  const { first, second, adjudication, awaitingCapture } = counts;
  if (first + second + adjudication + awaitingCapture === 0) return null;
  return (
    <p className={classes.dim}>
      Of cases that are not yours to judge, in all regions: {first} at the first look, {second} at
      the second, {adjudication} at adjudication, {awaitingCapture} awaiting a capture.
    </p>
  );
}

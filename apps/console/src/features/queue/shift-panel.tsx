import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import type { ShiftPerson } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import tableClasses from "../../ui/data-table.module.css";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { ShownText } from "../../ui/shown-text.tsx";
import { StaleNote } from "../../ui/stale-note.tsx";
import { clockOf, lengthOf } from "../../ui/time.ts";
import { useNow } from "../../ui/use-now.ts";
import { STATE_WORDS } from "./oversight-words.ts";
import classes from "./shift-panel.module.css";

/** Columns of who is on shift. Made once: new ones would mount every cell anew. */
const COLUMNS: Column<ShiftPerson>[] = [
  { id: "who", header: "Who", cell: ({ row }) => <Who person={row.original} /> },
  {
    id: "state",
    header: "Does",
    cell: ({ row }) => (
      <span className={classes.state} data-state={row.original.state}>
        {STATE_WORDS[row.original.state]}
      </span>
    ),
  },
  { id: "case", header: "Case", cell: ({ row }) => <Held person={row.original} /> },
  { id: "since", header: "For", cell: ({ row }) => <Since person={row.original} /> },
  { id: "lease", header: "Lease", cell: ({ row }) => <Lease person={row.original} /> },
];

/** Who is signed in to review, and who is over which case. */
export function ShiftPanel({ everyMs }: { readonly everyMs: number }) {
  const shift = useQuery({
    queryKey: ["queue-shift"],
    queryFn: () => api.queue.onShift.query(),
    refetchInterval: everyMs,
  });
  const people = shift.data?.people;
  const atWork = people?.filter(({ holds }) => holds !== null).length ?? 0;
  return (
    <section className={classes.panel} aria-labelledby="on-shift">
      <h2 id="on-shift">
        On shift
        {people === undefined ? null : (
          <span>
            {" "}
            · {people.length} signed in, {atWork} at a case
          </span>
        )}
      </h2>
      {shift.isLoadingError ? (
        <QueryProblem error={shift.error} onRetry={() => void shift.refetch()} />
      ) : people === undefined ? (
        <p className={classes.dim}>Looking who is there …</p>
      ) : people.length === 0 ? (
        <p className={classes.dim}>Nobody who may review is signed in.</p>
      ) : (
        // A list of many people is scrolled by keys, too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section className={classes.scroll} tabIndex={0} aria-label="People on shift">
          <DataTable caption="On shift" columns={COLUMNS} rows={people} />
          {shift.data?.cut === true ? (
            <p className={classes.dim}>More people are there than this list has room for.</p>
          ) : null}
        </section>
      )}
      {shift.isRefetchError ? (
        <StaleNote
          what="This could not be read anew."
          error={shift.error}
          onRetry={() => void shift.refetch()}
        />
      ) : null}
    </section>
  );
}

function Who({ person }: { readonly person: ShiftPerson }) {
  return (
    <>
      <ShownText>{person.displayName}</ShownText>
      <span className={classes.dim}>
        {" "}
        · {person.role}
        {person.isYou ? ", you" : ""}
      </span>
    </>
  );
}

function Held({ person: { holds } }: { readonly person: ShiftPerson }) {
  if (holds === null) return <span className={tableClasses.dim}>–</span>;
  return (
    <>
      <Link className={tableClasses.id} to={`/cases/${holds.caseId}`}>
        {holds.caseId}
      </Link>
      <span className={tableClasses.dim}> {holds.region}</span>
    </>
  );
}

function Since({ person: { holds } }: { readonly person: ShiftPerson }) {
  const now = useNow(15_000);
  if (holds === null) return null;
  const ms = now - Date.parse(holds.since);
  return <span className={tableClasses.whole}>{ms < 60_000 ? "< 1 m" : lengthOf(ms)}</span>;
}

function Lease({ person: { holds } }: { readonly person: ShiftPerson }) {
  const now = useNow(1_000);
  if (holds === null) return null;
  const left = Date.parse(holds.until) - now;
  return left > 0 ? `${clockOf(left)} left` : <span className={tableClasses.dim}>over</span>;
}

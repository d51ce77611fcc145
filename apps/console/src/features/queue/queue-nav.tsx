import { Link } from "react-router";
import type { QueueSummary } from "../../lib/contract.ts";
import { VIEW_WORDS } from "./oversight-words.ts";
import { QUEUE_VIEWS, type QueueAddress, type QueueView, queryOf } from "./queue-address.ts";
import classes from "./queue-screen.module.css";

/** The page's views; each list is asked for, and so recorded, only when it is looked at. */
export function QueueNav(props: {
  readonly address: QueueAddress;
  readonly summary: QueueSummary | undefined;
}) {
  const { address, summary } = props;
  const counts: Record<QueueView, number | undefined> = {
    waiting: undefined,
    nobody: summary?.stuck,
    mistakes: summary?.mistakes,
    questions: summary?.questions,
  };
  return (
    <nav className={classes.views} aria-label="Views of the queue">
      {QUEUE_VIEWS.map((view) => (
        <Link
          key={view}
          to={queryOf({ ...address, view }) || "?"}
          aria-current={view === address.view ? "page" : undefined}
        >
          {VIEW_WORDS[view]}
          {counts[view] === undefined ? null : (
            <span className={classes.count} data-some={counts[view] > 0}>
              {counts[view]}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

import type { LiveNews } from "@secondlook/domain/queue/live-news";
import { useEffect } from "react";
import { announce } from "../../../lib/announce.ts";
import { HeaderSlot } from "../../../ui/header-slot.tsx";
import { clockOf, dueIn } from "../../../ui/time.ts";
import { useNow } from "../../../ui/use-now.ts";
import type { WorkCase } from "../../../lib/contract.ts";
import classes from "./flow.module.css";

/** What waits, as it is told live. */
export type QueueNews = LiveNews["queue"];

/** Up to here the server counts. */
const MANY = 1000;

/** What waits besides the case that one works on, which the server counts among them. */
function waitingWords(waiting: number): string {
  if (waiting >= MANY) return `${MANY} or more in the queue`;
  return waiting <= 1 ? "no other in the queue" : `${waiting - 1} more in the queue`;
}

/** How long before its end a lease is shown, in milliseconds. */
const LEASE_WARNING = 30_000;

/** Id, region, due time and lease, in the header. */
export function CaseStatus(props: {
  readonly work: WorkCase;
  readonly lost: boolean;
  readonly queue: QueueNews;
}) {
  const { work, lost, queue } = props;
  const now = useNow(1000);
  const urgent = queue?.urgent === true && !lost;
  useEffect(() => {
    if (urgent) announce("A more urgent case is waiting.");
  }, [urgent]);
  const late = Date.parse(work.dueAt) < now;
  return (
    <HeaderSlot>
      <span className={classes.caseId}>{work.caseId}</span>
      <span className={classes.region}>{work.region}</span>
      <span className={classes.statusWord}>
        {work.candidates.length === 0 ? "no candidate" : "possible duplicate"}
      </span>
      {urgent ? <span className={classes.urgent}>a more urgent case is waiting</span> : null}
      {queue === null ? null : (
        <span className={classes.waiting}>{waitingWords(queue.waiting)}</span>
      )}
      <span className={classes.due} data-late={late}>
        {dueIn(work.dueAt, now)}
      </span>
      <span className={classes.lease}>{lost ? "lease lost" : leaseWords(work, now)}</span>
    </HeaderSlot>
  );
}

/** A lease is renewed by itself; it is told of only when it is about to end. */
function leaseWords(work: WorkCase, now: number): string {
  const left = Date.parse(work.leaseUntil) - now;
  return left > 0 && left <= LEASE_WARNING ? `lease ${clockOf(left)}` : "";
}

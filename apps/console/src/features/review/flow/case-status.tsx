import { HeaderSlot } from "../../../ui/header-slot.tsx";
import { clockOf, dueIn } from "../../../ui/time.ts";
import { useNow } from "../../../ui/use-now.ts";
import type { WorkCase } from "../../../lib/contract.ts";
import classes from "./flow.module.css";

/** How long before its end a lease is shown, in milliseconds. */
const LEASE_WARNING = 30_000;

/** Region, due time and lease, in the header. */
export function CaseStatus({ work, lost }: { readonly work: WorkCase; readonly lost: boolean }) {
  const now = useNow(1000);
  const late = Date.parse(work.dueAt) < now;
  return (
    <HeaderSlot>
      <span className={classes.region}>{work.region}</span>
      <span className={classes.statusWord}>
        {work.candidates.length === 0 ? "no candidate" : "possible duplicate"}
      </span>
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

import { HeaderSlot } from "../../../ui/header-slot.tsx";
import { clockOf, dueIn } from "../../../ui/time.ts";
import { useNow } from "../../../ui/use-now.ts";
import type { WorkCase } from "../../../lib/contract.ts";
import classes from "./flow.module.css";

/** Region, due time and lease, in the header. */
export function CaseStatus({ work, lost }: { readonly work: WorkCase; readonly lost: boolean }) {
  const now = useNow(1000);
  const late = Date.parse(work.dueAt) < now;
  return (
    <HeaderSlot>
      <span className={classes.region}>{work.region}</span>
      <span className={classes.statusWord}>possible duplicate</span>
      <span className={classes.due} data-late={late}>
        {dueIn(work.dueAt, now)}
      </span>
      <span className={classes.lease}>
        {lost ? "lease lost" : `lease ${clockOf(Date.parse(work.leaseUntil) - now)}`}
      </span>
    </HeaderSlot>
  );
}

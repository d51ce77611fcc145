import type { QueueSummary } from "../../lib/contract.ts";
import { AgeingPanel } from "./ageing-panel.tsx";
import type { QueueAddress } from "./queue-address.ts";
import classes from "./queue-screen.module.css";
import { ShiftPanel } from "./shift-panel.tsx";
import { WaitingTable } from "./waiting-table.tsx";

/** Who is there, how old the backlog is, and the backlog itself. */
export function WaitingView(props: {
  readonly address: QueueAddress;
  readonly summary: QueueSummary | undefined;
  readonly summaryFailed: boolean;
  readonly everyMs: number;
}) {
  const { address, everyMs } = props;
  return (
    <>
      <div className={classes.panels}>
        <ShiftPanel everyMs={everyMs} />
        <AgeingPanel address={address} summary={props.summary} failed={props.summaryFailed} />
      </div>
      <WaitingTable address={address} everyMs={everyMs} />
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { api } from "../../lib/trpc.ts";
import { lengthOf } from "../../ui/time.ts";
import classes from "./audit.module.css";

const REFRESH_MS = 10_000;
/** Past it the server refuses new sensitive reads. */
const STALLED_SECONDS = 60;

/** How the log stands, in one line. */
export function StatusStrip() {
  const found = useQuery({
    queryKey: ["audit-status"],
    queryFn: () => api.audit.status.query(),
    refetchInterval: REFRESH_MS,
  });
  const status = found.data;
  if (found.isError) {
    return <p className={classes.strip}>How the log stands can’t be told now.</p>;
  }
  if (status === undefined) return <p className={classes.strip}>Looking at the log …</p>;
  const { size, headAgeSeconds, oldestUnsequencedSeconds: waiting } = status;
  const stalled = waiting > STALLED_SECONDS;
  return (
    <dl className={classes.strip} aria-label="How the log stands">
      <div>
        <dt>Signed events</dt>
        <dd>{size.toLocaleString()}</dd>
      </div>
      <div>
        <dt>Newest head</dt>
        <dd>{headAgeSeconds === null ? "none yet" : `${ageOf(headAgeSeconds)} old`}</dd>
      </div>
      <div>
        <dt>Oldest without a position</dt>
        <dd>{waiting === 0 ? "none" : ageOf(waiting)}</dd>
      </div>
      <div>
        <dt>State</dt>
        <dd data-bad={!status.healthy}>
          {stalled ? "stalled: sensitive reads stop" : status.healthy ? "running" : "behind"}
        </dd>
      </div>
    </dl>
  );
}

function ageOf(seconds: number): string {
  return seconds < 60 ? `${Math.round(seconds)} s` : lengthOf(seconds * 1000);
}

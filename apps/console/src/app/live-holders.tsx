import { useStore } from "../lib/store.ts";
import { ShownText } from "../ui/shown-text.tsx";
import classes from "./live-holders.module.css";
import { liveState } from "./live.ts";

/** For leads: who is in which case, as it changes. */
export function LiveHolders() {
  const { told, how } = useStore(liveState);
  if (told === null || told.holders === null) return null;
  return (
    <section className={classes.holders} aria-label="At work now">
      <h2>
        At work now: {told.holders.length}
        {how === "asking" ? <span> · asked every 20 seconds</span> : null}
      </h2>
      <ul>
        {told.holders.map(({ caseId, displayName }) => (
          <li key={caseId}>
            <ShownText>{displayName}</ShownText> <code>{caseId}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { stripOf } from "@secondlook/domain/queue/strip";
import type { LiveState } from "../../lib/live.ts";
import { lengthOf } from "../../ui/time.ts";
import { useNow } from "../../ui/use-now.ts";
import classes from "./live-strip.module.css";

const HOW_WORDS: Record<LiveState["how"], string> = {
  stream: "Live",
  asking: "Not live: asked every 20 seconds",
  broken: "Not live: the connection broke and is being opened again",
  none: "Not live yet: connecting …",
};

/** The queue in a few figures, as they change, of the region in the address. */
export function LiveStrip(props: { readonly live: LiveState; readonly region: string | null }) {
  const { live, region } = props;
  const now = useNow(15_000);
  const regions = live.told?.strip ?? null;
  const strip = regions === null ? null : stripOf(regions, region);
  const oldest =
    strip === null || strip.oldestSince === null
      ? "–"
      : shortLength(now - Date.parse(strip.oldestSince));
  const facts: readonly (readonly [string, number | string | undefined, boolean])[] = [
    ["Waiting", strip?.waiting, false],
    ["Being worked on", strip?.beingWorked, false],
    ["Due within the hour", strip?.dueSoon, false],
    ["Overdue", strip?.overdue, (strip?.overdue ?? 0) > 0],
    ["Oldest waits", oldest, false],
  ];
  return (
    <section className={classes.strip} aria-label="The queue now">
      <dl className={classes.facts} data-old={live.how === "broken"}>
        {facts.map(([words, value, warns]) => (
          <div key={words} data-warns={warns}>
            <dt>{words}</dt>
            <dd>{value ?? "–"}</dd>
          </div>
        ))}
      </dl>
      <output className={classes.how} data-live={live.how === "stream"}>
        {HOW_WORDS[live.how]}
      </output>
    </section>
  );
}

function shortLength(ms: number): string {
  return ms < 60_000 ? "< 1 m" : lengthOf(ms);
}

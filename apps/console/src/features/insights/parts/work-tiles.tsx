import type { Insights, OwnInsights } from "../../../lib/contract.ts";
import { FigureTile, ShareTile } from "../figure-tile.tsx";
import classes from "../insights.module.css";
import { countWords, heldBackWords, rateWords, secondsWords } from "../words.ts";

type Work = Insights["throughput"];

/** Decisions, their rate and their times: of everybody on the page, or of one's own. */
export function WorkTiles(props: {
  readonly work: Work;
  readonly by: OwnInsights["throughputBy"];
  readonly sla?: Insights["sla"];
  /** One's own: there is no other person in it. */
  readonly own?: boolean;
}) {
  const { work, by, sla, own = false } = props;
  const aDay = own ? "a day of work" : "a person and day";
  const { decisions, personDays, activeHours, perActiveHour, perPersonDay, handle } = work;
  const throughput = {
    definition: "throughput",
    of: null,
    values: [
      ["Decisions", countWords(decisions)],
      [own ? "Days worked" : "Days worked, of all people", countWords(personDays)],
      ["Active hours", activeHours === null ? "not measured" : rateWords(activeHours)],
    ],
    cases: { figure: "throughput", detail: null },
    sections: ["days", "people"],
  } as const;
  const byHour = by === "active_hours" && perActiveHour !== null;
  return (
    <div className={classes.tiles}>
      <FigureTile
        words="Decisions"
        value={countWords(decisions)}
        note={
          activeHours === null
            ? `on ${countWords(personDays)} days of work`
            : `in ${rateWords(activeHours)} active hours`
        }
        opens={throughput}
      />
      <FigureTile
        words={byHour ? "An active hour" : own ? "A day of work" : "A person and day"}
        value={rateOf(byHour ? perActiveHour : perPersonDay)}
        note={byHour && perPersonDay !== null ? `${rateWords(perPersonDay)} ${aDay}` : "decisions"}
        opens={throughput}
      />
      <FigureTile
        words="Handle time, half are under"
        value={
          handle.state === "known" ? (
            secondsWords(handle.p50)
          ) : (
            <span className={classes.held}>{heldBackWords(handle.reason)}</span>
          )
        }
        note={
          handle.state === "known"
            ? `p90 ${secondsWords(handle.p90)} · p95 ${secondsWords(handle.p95)}`
            : "held back under 30"
        }
        opens={{
          definition: "handle",
          of: null,
          ...(handle.state === "known"
            ? {
                values: [
                  ["p50", secondsWords(handle.p50)],
                  ["p90", secondsWords(handle.p90)],
                  ["p95", secondsWords(handle.p95)],
                  ["Decisions", countWords(handle.count)],
                ] as const,
              }
            : {}),
          cases: { figure: "handle", detail: null },
          sections: ["days", "people"],
        }}
      />
      {sla === undefined ? null : (
        <ShareTile
          words="Decided by the due time"
          share={sla}
          opens={{
            definition: "sla",
            of: null,
            cases: { figure: "late", detail: null },
            sections: ["days"],
          }}
        />
      )}
    </div>
  );
}

const rateOf = (rate: number | null): string => (rate === null ? "–" : rateWords(rate));

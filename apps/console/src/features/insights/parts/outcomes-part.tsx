import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { REASONS } from "@secondlook/domain/decisions/reasons";
import type { Share } from "@secondlook/domain/insights/share";
import type { Insights } from "../../../lib/contract.ts";
import classes from "../insights.module.css";
import type { Opened } from "../opened.ts";
import { Section } from "../section.tsx";
import { ShareCell } from "../share-cell.tsx";

/** What was decided, and why. */
export function OutcomesPart({ page }: { readonly page: Insights }) {
  return (
    <div className={classes.columns}>
      <Section title="Outcomes">
        <ShareList
          caption="Outcomes"
          rows={page.outcomes.map(({ outcome, share }) => ({
            key: outcome,
            words: OUTCOME_WORDS[outcome],
            share,
            opens: {
              definition: "outcome",
              of: OUTCOME_WORDS[outcome],
              cases: { figure: "outcome", detail: outcome },
              sections: ["outcomes"],
            },
          }))}
        />
      </Section>
      <Section title="Reasons">
        <ShareList
          caption="Reasons"
          rows={page.reasons.map(({ outcome, reason, share }) => {
            const words = reasonWords(reason);
            return {
              key: `${outcome} ${reason}`,
              words,
              note: OUTCOME_WORDS[outcome],
              share,
              opens: {
                definition: "reason",
                of: `${words} (${OUTCOME_WORDS[outcome].toLowerCase()})`,
                cases: { figure: "reason", detail: `${outcome} ${reason}` },
                sections: ["reasons"],
              },
            };
          })}
        />
      </Section>
    </div>
  );
}

function ShareList(props: {
  readonly caption: string;
  readonly rows: readonly {
    readonly key: string;
    readonly words: string;
    readonly note?: string;
    readonly share: Share;
    readonly opens: Omit<Opened, "share">;
  }[];
}) {
  const { caption, rows } = props;
  if (rows.length === 0) return <p className={classes.calm}>Nothing was decided in these days.</p>;
  const upTo = Math.max(
    0.05,
    ...rows.map(({ share }) => (share.state === "known" ? share.interval.high : 0)),
  );
  return (
    <table className={classes.grid} aria-label={caption}>
      <tbody>
        {rows.map(({ key, words, note, share, opens }) => (
          <tr key={key}>
            <th scope="row">
              {words}
              {note === undefined ? null : <span className={classes.under}>{note}</span>}
            </th>
            <ShareCell
              share={share}
              drawn={{ upTo, against: { state: "held_back", reason: "nothing" } }}
              opens={opens}
            />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function reasonWords(code: string): string {
  for (const [known, { words }] of Object.entries(REASONS)) if (known === code) return words;
  return code;
}

import { OUTCOME_WORDS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import type { Insights } from "../../../lib/contract.ts";
import { FigureTile, ShareTile } from "../figure-tile.tsx";
import classes from "../insights.module.css";
import { Section } from "../section.tsx";
import { coefficientWords, countWords } from "../words.ts";

/** Whether people follow the machine once they see it, and whether they agree with each other. */
export function RoundsPart({ page }: { readonly page: Insights }) {
  const { shift, agreement } = page;
  const { raw, kappa, ac1, alpha } = agreement;
  const opens = {
    definition: "agreement",
    of: null,
    share: raw,
    values: [
      ["Cohen’s κ", coefficientWords(kappa)],
      ["Gwet’s AC1", coefficientWords(ac1)],
      ["Krippendorff’s α", coefficientWords(alpha)],
    ],
    cases: { figure: "disagreed", detail: null },
    sections: ["agreement"],
  } as const;
  return (
    <div className={classes.columns}>
      <Section title="After the machine is shown">
        <div className={classes.tiles}>
          <ShareTile
            words="Ratings amended"
            share={shift.amended}
            opens={{
              definition: "shift",
              of: null,
              cases: { figure: "shift", detail: null },
              sections: ["people"],
            }}
          />
          <ShareTile
            words="… towards the machine"
            share={shift.toward}
            opens={{
              definition: "toward",
              of: null,
              cases: { figure: "toward", detail: null },
              sections: ["people"],
            }}
          />
          <ShareTile
            words="… away from it"
            share={shift.away}
            opens={{
              definition: "shift",
              of: "away from the machine",
              cases: { figure: "away", detail: null },
              sections: ["people"],
            }}
          />
        </div>
        <p className={classes.dim}>
          Many towards and few away is a sign of automation bias: look at the people below.
        </p>
      </Section>
      <Section title="First and second look agree">
        <div className={classes.tiles}>
          <ShareTile words="Raw agreement" share={raw} opens={opens} />
          {(
            [
              ["κ", kappa],
              ["AC1", ac1],
              ["α", alpha],
            ] as const
          ).map(([words, coefficient]) => (
            <FigureTile
              key={words}
              words={words}
              value={
                coefficient.state === "defined" ? (
                  coefficientWords(coefficient)
                ) : (
                  <span className={classes.held}>{coefficientWords(coefficient)}</span>
                )
              }
              opens={opens}
            />
          ))}
        </div>
        {agreement.pairs.length === 0 ? null : <Pairs pairs={agreement.pairs} />}
      </Section>
    </div>
  );
}

function Pairs({ pairs }: { readonly pairs: Insights["agreement"]["pairs"] }) {
  const used = OUTCOMES.filter((outcome) =>
    pairs.some(({ first, second }) => first === outcome || second === outcome),
  );
  const most = Math.max(1, ...pairs.map(({ count }) => count));
  return (
    <div className={classes.scroll}>
      <table className={classes.pairs} aria-label="Outcomes of the first and the second look">
        <thead>
          <tr>
            <th scope="col">First ↓ · second →</th>
            {used.map((outcome) => (
              <th key={outcome} scope="col">
                {OUTCOME_WORDS[outcome]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {used.map((first) => (
            <tr key={first}>
              <th scope="row">{OUTCOME_WORDS[first]}</th>
              {used.map((second) => {
                const count =
                  pairs.find((pair) => pair.first === first && pair.second === second)?.count ?? 0;
                return (
                  <td key={second} data-same={first === second} data-depth={depthOf(count, most)}>
                    {countWords(count)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Shades by powers of ten, so that few disagreements can be seen beside many agreements. */
function depthOf(count: number, most: number): number {
  return count === 0 ? 0 : 1 + Math.round((3 * Math.log1p(count)) / Math.log1p(most));
}

import type { Insights } from "../../../lib/contract.ts";
import { ShownText } from "../../../ui/shown-text.tsx";
import classes from "../insights.module.css";
import { markOf } from "../mark-words.ts";
import { useOpenFigure } from "../opened.ts";
import { Section } from "../section.tsx";
import { ShareCell } from "../share-cell.tsx";
import { countWords, heldBackWords, rateWords, secondsWords } from "../words.ts";

type Person = Insights["people"][number];

/** The people, by name and not by rank: who may need help, and with what. */
export function PeoplePart({ page }: { readonly page: Insights }) {
  const { people, marks } = page;
  const byHour = page.throughputBy === "active_hours";
  return (
    <Section
      title="People"
      aside={<p className={classes.aside}>By name, which is no rank: their work differs.</p>}
    >
      {people.length === 0 ? (
        <p className={classes.calm}>Nobody decided anything in these days.</p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.grid} aria-label="People">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Decisions</th>
                <th scope="col">{byHour ? "An active hour" : "A day"}</th>
                <th scope="col">Handle p50 · p90</th>
                <th scope="col">Against the machine</th>
                <th scope="col">Amended towards it</th>
                <th scope="col">Agrees with the other look</th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <tr key={person.id}>
                  <th scope="row">
                    <ShownText>{person.name}</ShownText>
                  </th>
                  <Work person={person} byHour={byHour} />
                  {(
                    [
                      ["own_override", person.ownOverride],
                      ["toward", person.toward],
                    ] as const
                  ).map(([figure, share]) => (
                    <ShareCell
                      key={figure}
                      share={share}
                      mark={markOf(marks, figure, "reviewer", person.id)}
                      opens={{
                        definition: figure,
                        of: person.name,
                        cases: { figure, detail: null, narrowed: { reviewer: person.id } },
                        sections: ["people"],
                      }}
                    />
                  ))}
                  <ShareCell
                    share={person.agreement}
                    opens={{
                      definition: "agreement",
                      of: person.name,
                      cases: {
                        figure: "own_disagreed",
                        detail: null,
                        narrowed: { reviewer: person.id },
                      },
                      sections: ["people"],
                    }}
                  />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Work({ person, byHour }: { readonly person: Person; readonly byHour: boolean }) {
  const open = useOpenFigure();
  const { decisions, perActiveHour, perPersonDay, handle } = person;
  const rate = byHour ? perActiveHour : perPersonDay;
  return (
    <>
      <td>
        <button
          type="button"
          className={classes.open}
          onClick={() =>
            open({
              definition: "throughput",
              of: person.name,
              values: [
                ["Decisions", countWords(decisions)],
                ["Days worked", countWords(person.personDays)],
              ],
              cases: { figure: "throughput", detail: null, narrowed: { reviewer: person.id } },
              sections: ["people"],
            })
          }
        >
          {countWords(decisions)}
        </button>
      </td>
      <td>{rate === null ? "–" : rateWords(rate)}</td>
      {handle.state === "known" ? (
        <td>
          {secondsWords(handle.p50)} · {secondsWords(handle.p90)}
        </td>
      ) : (
        <td className={classes.held}>{heldBackWords(handle.reason)}</td>
      )}
    </>
  );
}

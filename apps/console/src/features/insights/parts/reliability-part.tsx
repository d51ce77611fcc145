import type { Insights } from "../../../lib/contract.ts";
import { ChartFrame, Legend, ReliabilityChart } from "../charts/chart-frame.tsx";
import { bandPoints, reliabilityTable, thresholdLines } from "../charts/reliability.ts";
import classes from "../insights.module.css";
import { ShareCell } from "../share-cell.tsx";
import { bandWords, countWords } from "../words.ts";

/** Whether a score means what it says: the share that people confirm, band by band. */
export function ReliabilityPart({ page }: { readonly page: Insights }) {
  const rows = page.override.byBand;
  const points = bandPoints(rows);
  const thresholds = thresholdLines(page.thresholds);
  if (rows.length === 0) return null;
  return (
    <div className={classes.columns} data-split="wide">
      {points.length < 2 ? (
        <p className={classes.calm}>
          The curve of confirmed cases by score needs two bands with at least 30 answered cases.
        </p>
      ) : (
        <ChartFrame
          tall
          title="Share confirmed by people, by the machine’s best score"
          legend={
            <Legend
              items={[
                { words: "confirmed, with 95 %", look: "dot", colour: "var(--sl-accent)" },
                ...(thresholds.length === 0
                  ? []
                  : ([{ words: "threshold", look: "rule", colour: "var(--sl-warn)" }] as const)),
              ]}
            />
          }
          note={thresholdWords(thresholds, page.thresholds.length)}
          table={reliabilityTable(rows)}
        >
          <ReliabilityChart points={points} thresholds={thresholds.map(({ at }) => at)} />
        </ChartFrame>
      )}
      <div className={classes.scroll}>
        <table className={classes.grid} aria-label="Confirmed and overturned by score band">
          <thead>
            <tr>
              <th scope="col">Best score</th>
              <th scope="col">Cases</th>
              <th scope="col">Confirmed</th>
              <th scope="col">Overturned</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, band, cases, ...shares }) => {
              const words = band === null ? id : bandWords(band);
              return (
                <tr key={id}>
                  <th scope="row">{words}</th>
                  <td>{countWords(cases)}</td>
                  {(["confirmed", "override"] as const).map((figure) => (
                    <ShareCell
                      key={figure}
                      share={shares[figure]}
                      opens={{
                        definition: figure,
                        of: words,
                        cases: { figure, detail: band === null ? null : String(band.band) },
                        sections: ["band"],
                      }}
                    />
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function thresholdWords(lines: ReturnType<typeof thresholdLines>, places: number): string {
  if (lines.length === 0) return "No provider discloses the threshold that it was asked for.";
  const told = lines
    .map(({ at, places: some }) => `${at} (${some === 1 ? "one place" : `${some} places`})`)
    .join(", ");
  const hidden = places - lines.reduce((sum, each) => sum + each.places, 0);
  return `Thresholds by model version and region: ${told}${hidden === 0 ? "" : `; not disclosed for ${hidden}`}. Below them nothing comes here, so nothing is known.`;
}

import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { CsvSection, Insights } from "../../../lib/contract.ts";
import { ShareTile } from "../figure-tile.tsx";
import classes from "../insights.module.css";
import { type Mark, markOf, rowFilter, rowWords } from "../mark-words.ts";
import { Section } from "../section.tsx";
import { ShareCell } from "../share-cell.tsx";
import { countWords } from "../words.ts";
import { ReliabilityPart } from "./reliability-part.tsx";

type Override = Insights["override"];
type Dimension = Extract<CsvSection, Mark["dimension"]>;

const DIMENSIONS: readonly { readonly value: Dimension; readonly label: string }[] = [
  { value: "model_region", label: "Model and region" },
  { value: "model", label: "Model version" },
  { value: "region", label: "Region" },
  { value: "policy", label: "Policy version" },
];

const SECTIONS: readonly CsvSection[] = ["model", "region", "policy", "band", "model_region"];

/** Where people overturn the machine, in which direction, and how far its scores can be believed. */
export function OverridePart({ page }: { readonly page: Insights }) {
  const [dimension, setDimension] = useState<Dimension>("model_region");
  const { override } = page;
  const { noRecommendation, unresolved } = override.excluded;
  return (
    <Section title="People and the machine">
      <div className={classes.tiles}>
        {(
          [
            ["Overturned", "override", override.all],
            ["Cleared: it said same, people said no", "cleared", override.cleared],
            ["Caught: it said different, people said same", "caught", override.caught],
          ] as const
        ).map(([words, figure, share]) => (
          <ShareTile
            key={figure}
            words={words}
            share={share}
            opens={{
              definition: figure,
              of: null,
              cases: { figure, detail: null },
              sections: SECTIONS,
            }}
          />
        ))}
      </div>
      <p className={classes.dim}>
        Not counted: {countWords(noRecommendation)} without a recommendation,{" "}
        {countWords(unresolved)} without an answer.
      </p>
      <div className={classes.tableHead}>
        <h3 id="override-by">Overturned by</h3>
        <SegmentedControl
          size="xs"
          aria-labelledby="override-by"
          className={classes.segments ?? ""}
          data={[...DIMENSIONS]}
          value={dimension}
          onChange={setDimension}
        />
      </div>
      <OverrideTable page={page} dimension={dimension} />
      <ReliabilityPart page={page} />
    </Section>
  );
}

function OverrideTable(props: { readonly page: Insights; readonly dimension: Dimension }) {
  const { page, dimension } = props;
  const { override, marks } = page;
  const rows = rowsOf(override, dimension);
  const label = DIMENSIONS.find(({ value }) => value === dimension)?.label ?? "";
  if (rows.length === 0) return <p className={classes.calm}>Nothing was decided in these days.</p>;
  const upTo = Math.max(
    0.05,
    ...rows.map((row) => (row.override.state === "known" ? row.override.interval.high : 0)),
  );
  return (
    <div className={classes.scroll}>
      <table className={classes.grid} aria-label={`Overturned by ${label.toLowerCase()}`}>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col">Cases</th>
            <th scope="col">Overturned</th>
            <th scope="col">Cleared</th>
            <th scope="col">Caught</th>
            <th scope="col">By the due time</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const words = rowWords(row);
            const opens = (figure: "override" | "cleared" | "caught" | "sla") => ({
              definition: figure,
              of: words,
              cases: {
                figure: figure === "sla" ? ("late" as const) : figure,
                detail: null,
                narrowed: rowFilter(row),
              },
              sections: [dimension],
            });
            return (
              <tr key={row.id}>
                <th scope="row" className={classes.share}>
                  {words}
                </th>
                <td>{countWords(row.cases)}</td>
                <ShareCell
                  share={row.override}
                  drawn={{ upTo, against: override.all }}
                  opens={opens("override")}
                />
                <ShareCell
                  share={row.cleared}
                  mark={markOf(marks, "cleared", dimension, row.id)}
                  opens={opens("cleared")}
                />
                <ShareCell
                  share={row.caught}
                  mark={markOf(marks, "caught", dimension, row.id)}
                  opens={opens("caught")}
                />
                <ShareCell share={row.sla} opens={opens("sla")} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function rowsOf(override: Override, dimension: Dimension): Override["byModel"] {
  switch (dimension) {
    case "model":
      return override.byModel;
    case "region":
      return override.byRegion;
    case "policy":
      return override.byPolicy;
    case "model_region":
      return override.byModelAndRegion;
  }
}

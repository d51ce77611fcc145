import { NativeSelect } from "@mantine/core";
import { BAND_EDGES } from "@secondlook/domain/insights/score-bands";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Insights, WhatIfAsked } from "../../../lib/contract.ts";
import { problemOf } from "../../../lib/problem.ts";
import { api } from "../../../lib/trpc.ts";
import { csvOf } from "../charts/csv-of.ts";
import { download } from "../../../lib/download.ts";
import { FigureDialog } from "../figure/figure-dialog.tsx";
import classes from "../insights.module.css";
import { useSettled } from "../use-settled.ts";
import { Section } from "../section.tsx";
import { WhatIfAnswerView } from "./what-if-answer.tsx";
import { whatIfTable } from "./what-if-table.ts";

type Place = Insights["thresholds"][number];

const keyOf = ({ provider, version, region }: Place): string =>
  `${provider} ${version} in ${region}`;

const fileName = ({ region, model, threshold }: WhatIfAsked): string =>
  `secondlook what if ${model.provider} ${model.version} ${region} ${threshold}.csv`;

/** Scores come in bands, so the threshold moves from edge to edge. */
const EDGES: readonly number[] = BAND_EDGES;

const PRECISIONS = [
  { value: "0.01", label: "±1 %" },
  { value: "0.02", label: "±2 %" },
  { value: "0.05", label: "±5 %" },
] as const;

/** What another threshold would have brought and missed, as far as that can be known. */
export function WhatIfPart(props: {
  readonly page: Insights;
  /** The page is filtered by what is left out here. */
  readonly ofAll: boolean;
}) {
  const { page } = props;
  const places = [...new Map(page.thresholds.map((place) => [keyOf(place), place])).values()];
  const [chosen, setChosen] = useState<string | null>(null);
  const place = places.find((each) => keyOf(each) === chosen) ?? places[0];
  return (
    <Section title="What if the threshold were another?">
      {place === undefined ? (
        <p className={classes.calm}>
          No scored case was decided in these days, so there is nothing to reckon with.
        </p>
      ) : (
        <>
          <NativeSelect
            className={classes.place ?? ""}
            size="xs"
            label="Model version and region"
            value={keyOf(place)}
            data={places.map(keyOf)}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          {props.ofAll ? (
            <p className={classes.dim}>
              A threshold holds for everybody, so these count all cases of the model and region,
              whoever decided them and by whichever policy.
            </p>
          ) : null}
          <Slider key={keyOf(place)} place={place} page={page} />
        </>
      )}
    </Section>
  );
}

function Slider({ place, page }: { readonly place: Place; readonly page: Insights }) {
  const now = place.threshold ?? 0;
  const start = Math.max(
    0,
    EDGES.findLastIndex((edge) => edge <= now),
  );
  const [at, setAt] = useState(start);
  const [precision, setPrecision] = useState("0.02");
  const [explained, setExplained] = useState(false);
  const label = useId();
  const threshold = EDGES[at] ?? 0;
  const asked: WhatIfAsked = {
    from: page.from,
    to: page.to,
    region: place.region,
    model: { provider: place.provider, version: place.version },
    threshold,
    precision: Number(precision),
  };
  // Each asking stands in the log; so only where the slider comes to rest.
  const wanted = JSON.stringify(asked);
  const settled = useSettled(wanted);
  const found = useQuery({
    queryKey: ["insights-what-if", settled],
    queryFn: () => api.insights.whatIf.query(asked),
    enabled: settled === wanted,
    placeholderData: keepPreviousData,
    staleTime: "static",
  });
  const definition = found.data?.definitions.what_if;
  // What is shown was reckoned for another threshold or precision than those that stand beside it.
  const isOld = settled !== wanted || found.isFetching || found.isPlaceholderData;
  return (
    <>
      {explained && definition !== undefined ? (
        <FigureDialog
          opened={{ definition: "what_if", of: keyOf(place), cases: null, sections: [] }}
          definition={definition}
          onClose={() => setExplained(false)}
        />
      ) : null}
      <div className={classes.slider}>
        <label id={label} htmlFor={`${label}-range`}>
          Threshold <strong>{threshold}</strong>
          <span className={classes.dim}>
            {place.threshold === null ? " · the one in use is not disclosed" : ` · in use: ${now}`}
          </span>
        </label>
        <input
          id={`${label}-range`}
          type="range"
          min={0}
          max={EDGES.length - 1}
          step={1}
          value={at}
          aria-valuetext={`Threshold ${threshold}`}
          onChange={(event) => setAt(Number(event.currentTarget.value))}
        />
        <div className={classes.edges} aria-hidden="true">
          {EDGES.map((edge) => (
            <span key={edge} data-now={edge === EDGES[start] && place.threshold !== null}>
              {edge}
            </span>
          ))}
        </div>
      </div>
      {found.isError ? (
        <p role="alert" className={classes.fault}>
          {problemOf(found.error).message}
        </p>
      ) : found.data === undefined ? (
        <p className={classes.dim}>Reckoning …</p>
      ) : (
        <div className={classes.settling} data-old={isOld} aria-busy={isOld}>
          <WhatIfAnswerView
            answer={found.data}
            onExplain={() => setExplained(true)}
            onKeep={
              isOld ? null : () => download(fileName(asked), csvOf(whatIfTable(asked, found.data)))
            }
            precision={
              <NativeSelect
                size="xs"
                label="Wanted precision of a sample"
                data={[...PRECISIONS]}
                value={precision}
                onChange={(event) => setPrecision(event.currentTarget.value)}
              />
            }
          />
        </div>
      )}
    </>
  );
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Insights, InsightsFilter } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";
import { Page } from "../../ui/page.tsx";
import { FigureDialog } from "./figure/figure-dialog.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FiguresProblem } from "./figures-problem.tsx";
import { EMPTY_FILTER, paramsOf } from "./filter.ts";
import classes from "./insights.module.css";
import { OpenFigure, type Opened } from "./opened.ts";
import { AboutLine, PrintButton } from "./page-head.tsx";
import { BacklogPart } from "./parts/backlog-part.tsx";
import { MarksPart } from "./parts/marks-part.tsx";
import { OutcomesPart } from "./parts/outcomes-part.tsx";
import { OverridePart } from "./parts/override-part.tsx";
import { PeoplePart } from "./parts/people-part.tsx";
import { RoundsPart } from "./parts/rounds-part.tsx";
import { WhatIfPart } from "./parts/what-if-part.tsx";
import { WorkPart } from "./parts/work-part.tsx";
import { usePrinting } from "./use-printing.ts";

/** For leads: are we keeping up, where is the machine overturned, do people agree or follow. */
export function InsightsScreen(props: {
  readonly filter: InsightsFilter;
  readonly onFilter: (part: Partial<InsightsFilter>) => void;
}) {
  const { filter, onFilter } = props;
  const [opened, setOpened] = useState<Opened | null>(null);
  usePrinting();
  const found = useQuery({
    queryKey: ["insights", paramsOf(filter).toString()],
    queryFn: () => api.insights.overview.query(filter),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const page = found.data;
  const definition = opened === null ? undefined : page?.definitions[opened.definition];
  return (
    <Page title="Insights" {...(page === undefined ? {} : { aside: <PrintButton /> })}>
      {found.isError ? (
        <FiguresProblem
          error={found.error}
          onRetry={() => void found.refetch()}
          onClear={() => onFilter(EMPTY_FILTER)}
        />
      ) : page === undefined ? (
        <p className={classes.dim}>Adding up …</p>
      ) : (
        <OpenFigure value={setOpened}>
          <FilterBar filter={filter} page={page} onFilter={onFilter} />
          <AboutLine page={page} only={narrowedWords(filter, page)} />
          <div
            className={classes.settling}
            data-old={found.isPlaceholderData}
            aria-busy={found.isPlaceholderData}
          >
            <Parts page={page} filter={filter} />
          </div>
        </OpenFigure>
      )}
      {opened === null || definition === undefined ? null : (
        <FigureDialog
          opened={opened}
          definition={definition}
          readCases={(asked) =>
            api.insights.cases.query({
              filter: { ...filter, ...opened.cases?.narrowed },
              figure: opened.cases?.figure ?? "throughput",
              detail: opened.cases?.detail ?? null,
              ...asked,
            })
          }
          readCsv={(section) => api.insights.csv.query({ filter, section })}
          names
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  );
}

function narrowedWords(filter: InsightsFilter, page: Insights): readonly string[] {
  const { region, model, policy, reviewer } = filter;
  return [
    region,
    model === null ? null : `${model.provider} ${model.version}`,
    policy === null ? null : `policy ${policy}`,
    reviewer === null
      ? null
      : (page.options.reviewers.find(({ id }) => id === reviewer)?.name ?? "one reviewer"),
  ].filter((words) => words !== null);
}

function Parts({ page, filter }: { readonly page: Insights; readonly filter: InsightsFilter }) {
  const others = filter.model !== null || filter.policy !== null || filter.reviewer !== null;
  if (page.throughput.decisions === 0) {
    return (
      <>
        <p className={classes.calm} data-large>
          Nothing was decided in these days by anybody that the filters leave. Figures appear here
          as soon as a decision’s undo time is over.
        </p>
        <BacklogPart region={filter.region} others={others} />
      </>
    );
  }
  return (
    <>
      <MarksPart page={page} ofOne={filter.reviewer !== null} />
      <BacklogPart region={filter.region} others={others} />
      <WorkPart page={page} />
      <OverridePart page={page} />
      <RoundsPart page={page} />
      <PeoplePart page={page} />
      <OutcomesPart page={page} />
      <WhatIfPart page={page} ofAll={filter.reviewer !== null || filter.policy !== null} />
    </>
  );
}

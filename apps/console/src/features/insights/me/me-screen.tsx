import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { reportingDay } from "@secondlook/domain/insights/reporting-day";
import type { OwnInsights } from "../../../lib/contract.ts";
import { serverNow } from "../../../lib/server-clock.ts";
import { api } from "../../../lib/trpc.ts";
import { Page } from "../../../ui/page.tsx";
import { DateFields } from "../date-fields.tsx";
import { FigureDialog } from "../figure/figure-dialog.tsx";
import { ShareTile } from "../figure-tile.tsx";
import { FiguresProblem } from "../figures-problem.tsx";
import { type Dates, paramsOf } from "../filter.ts";
import classes from "../insights.module.css";
import { OpenFigure, type Opened } from "../opened.ts";
import { AboutLine } from "../page-head.tsx";
import { DayCharts } from "../parts/work-part.tsx";
import { WorkTiles } from "../parts/work-tiles.tsx";
import { Section } from "../section.tsx";
import { countWords } from "../words.ts";

/** One's own figures, beside nobody else's. */
export function MeScreen(props: {
  readonly dates: Dates;
  readonly onDates: (dates: Dates) => void;
  /** What else there is of oneself. */
  readonly children: ReactNode;
}) {
  const { dates, onDates } = props;
  const [opened, setOpened] = useState<Opened | null>(null);
  const found = useQuery({
    queryKey: ["insights-me", paramsOf(dates).toString()],
    queryFn: () => api.insights.me.query(dates),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const own = found.data;
  const definition = opened === null ? undefined : own?.definitions[opened.definition];
  return (
    <Page title="Me">
      {found.isError ? (
        <FiguresProblem
          error={found.error}
          onRetry={() => void found.refetch()}
          onClear={() => onDates({ from: null, to: null })}
        />
      ) : own === undefined ? (
        <p className={classes.dim}>Adding up …</p>
      ) : (
        <OpenFigure value={setOpened}>
          <search className={classes.filters}>
            <DateFields
              dates={dates}
              shown={own}
              today={reportingDay(new Date(serverNow()), own.timeZone)}
              onDates={onDates}
            />
          </search>
          <AboutLine page={own} />
          <div className={classes.settling} data-old={found.isPlaceholderData}>
            {own.decisions === 0 ? (
              <p className={classes.calm} data-large>
                You decided nothing in these days. What you decide appears here once its undo time
                is over.
              </p>
            ) : (
              <Own own={own} />
            )}
          </div>
        </OpenFigure>
      )}
      {props.children}
      {opened === null || definition === undefined ? null : (
        <FigureDialog
          opened={opened}
          definition={definition}
          readCases={(asked) =>
            api.insights.myCases.query({
              ...dates,
              figure: opened.cases?.figure ?? "throughput",
              detail: opened.cases?.detail ?? null,
              ...asked,
            })
          }
          names={false}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  );
}

function Own({ own }: { readonly own: OwnInsights }) {
  return (
    <>
      <Section title="Your work" aside={<p className={classes.aside}>{own.notice}</p>}>
        <WorkTiles own work={own} by={own.throughputBy} />
        <DayCharts days={own.days} />
      </Section>
      <Section title="You and the machine, you and the other look">
        <div className={classes.tiles}>
          {(
            [
              ["Decided against the machine", "own_override", "own_override", own.ownOverride],
              ["Ratings amended once it was shown", "shift", "shift", own.shift],
              ["… towards the machine", "toward", "toward", own.toward],
              ["Agreed with the other look", "agreement", "own_disagreed", own.agreement],
            ] as const
          ).map(([words, definition, figure, share]) => (
            <ShareTile
              key={definition}
              words={words}
              share={share}
              opens={{ definition, of: null, cases: { figure, detail: null }, sections: [] }}
            />
          ))}
        </div>
        <p className={classes.dim}>
          {own.excluded === 0
            ? ""
            : `${countWords(own.excluded)} of your decisions had no recommendation or no answer and are in none of these. `}
          Neither much nor little is right by itself: these are here for you to look at your own
          cases with. There is no ranking. Leads see the same figures by name.
        </p>
      </Section>
    </>
  );
}

import { Button, NativeSelect } from "@mantine/core";
import { reportingDay } from "@secondlook/domain/insights/reporting-day";
import { serverNow } from "../../lib/server-clock.ts";
import type { Insights, InsightsFilter } from "../../lib/contract.ts";
import { DateFields } from "./date-fields.tsx";
import classes from "./insights.module.css";

type Model = Insights["options"]["models"][number];

const keyOf = ({ provider, version }: Model): string => `${provider} ${version}`;

/** What narrows the page down. It stands in the address, so that a view can be sent to somebody. */
export function FilterBar(props: {
  readonly filter: InsightsFilter;
  readonly page: Insights;
  readonly onFilter: (part: Partial<InsightsFilter>) => void;
}) {
  const { filter, page, onFilter } = props;
  const { regions, models, policies, reviewers } = page.options;
  const { region, model, policy, reviewer } = filter;
  const narrowed = region !== null || model !== null || policy !== null || reviewer !== null;
  return (
    <search className={classes.filters}>
      <DateFields
        dates={filter}
        shown={page}
        today={reportingDay(new Date(serverNow()), page.timeZone)}
        onDates={onFilter}
      />
      <NativeSelect
        size="xs"
        label="Region"
        value={region ?? ""}
        data={choices("All", including(regions, region), (each) => [each, each])}
        onChange={(event) => onFilter({ region: emptyToNull(event.currentTarget.value) })}
      />
      <NativeSelect
        size="xs"
        label="Model version"
        className={classes.wide ?? ""}
        value={model === null ? "" : keyOf(model)}
        data={choices(
          "All",
          model === null || models.some((each) => keyOf(each) === keyOf(model))
            ? models
            : [model, ...models],
          (each) => [keyOf(each), keyOf(each)],
        )}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onFilter({ model: models.find((each) => keyOf(each) === value) ?? null });
        }}
      />
      <NativeSelect
        size="xs"
        label="Policy"
        value={policy?.toString() ?? ""}
        data={choices("All", including(policies, policy), (each) => [
          String(each),
          `Version ${each}`,
        ])}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onFilter({ policy: value === "" ? null : Number(value) });
        }}
      />
      <NativeSelect
        size="xs"
        label="Reviewer"
        value={reviewer ?? ""}
        data={choices("All", reviewers, (each) => [each.id, each.name])}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onFilter({ reviewer: reviewers.find(({ id }) => id === value)?.id ?? null });
        }}
      />
      {narrowed ? (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => onFilter({ region: null, model: null, policy: null, reviewer: null })}
        >
          All of it
        </Button>
      ) : null}
    </search>
  );
}

function choices<T>(
  all: string,
  items: readonly T[],
  of: (item: T) => readonly [value: string, words: string],
): { value: string; label: string }[] {
  return [
    { value: "", label: all },
    ...items.map((item) => {
      const [value, label] = of(item);
      return { value, label };
    }),
  ];
}

/** What is chosen stays among the choices, also where these dates have none of it. */
function including<T>(items: readonly T[], chosen: T | null): readonly T[] {
  return chosen === null || items.includes(chosen) ? items : [chosen, ...items];
}

const emptyToNull = (text: string): string | null => (text === "" ? null : text);

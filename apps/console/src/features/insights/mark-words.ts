import { addDays } from "@secondlook/domain/insights/reporting-day";
import type { Insights } from "../../lib/contract.ts";
import type { Opened } from "./opened.ts";
import { daysWords, percentWords, rateWords, secondsWords } from "./words.ts";

export type Mark = Insights["marks"][number];

const WEEKDAYS = [
  "Mondays",
  "Tuesdays",
  "Wednesdays",
  "Thursdays",
  "Fridays",
  "Saturdays",
  "Sundays",
] as const;

const WHAT = {
  cleared: {
    higher: "People overturn more of its “same person”",
    lower: "People overturn less of its “same person”",
  },
  caught: {
    higher: "People find more duplicates where it said “different person”",
    lower: "People find fewer duplicates where it said “different person”",
  },
  own_override: {
    higher: "Decides against the machine more often",
    lower: "Decides against the machine less often",
  },
  toward: {
    higher: "Moves ratings towards the machine more often once it is shown",
    lower: "Moves ratings towards the machine less often once it is shown",
  },
  arrivals: { higher: "Bring more cases", lower: "Bring fewer cases" },
  handle: { higher: "Cases took longer", lower: "Cases took less time" },
} as const satisfies Record<Mark["figure"], Record<Mark["direction"], string>>;

/** A mark as the page tells it. */
export interface ToldMark {
  readonly subject: string;
  readonly what: string;
  readonly value: string;
  readonly reference: string;
  readonly opens: Opened;
}

/** Puts a mark into words: whom it concerns, what differs, and from what. */
export function tellMark(mark: Mark, page: Insights): ToldMark {
  const { subject, narrowed } = concerned(mark, page);
  const value = valueWords(mark.figure, mark.value);
  const reference = valueWords(mark.figure, mark.reference);
  return {
    subject,
    what: WHAT[mark.figure][mark.direction],
    value,
    reference,
    opens: {
      definition:
        mark.figure === "arrivals" ? "marks" : mark.figure === "handle" ? "handle" : mark.figure,
      of: subject,
      values: [
        ["Here", value],
        ["The others, like for like", reference],
        ["Chance alone (p)", mark.p < 0.0001 ? "under 0.0001" : mark.p.toFixed(4)],
      ],
      cases: mark.figure === "arrivals" ? null : { figure: mark.figure, detail: null, narrowed },
      sections: ["marks"],
    },
  };
}

/** The mark of one cell, where there is one. */
export function markOf(
  marks: readonly Mark[],
  figure: Mark["figure"],
  dimension: Mark["dimension"] | undefined,
  cell: string,
): Mark | undefined {
  return marks.find(
    (mark) => mark.figure === figure && mark.dimension === dimension && mark.cell === cell,
  );
}

function concerned(
  { dimension, cell }: Mark,
  { override, people }: Insights,
): { subject: string; narrowed: NonNullable<Opened["cases"]>["narrowed"] & object } {
  switch (dimension) {
    case "model_region":
    case "model":
    case "region":
    case "policy": {
      const row = [
        ...(dimension === "model_region"
          ? override.byModelAndRegion
          : dimension === "model"
            ? override.byModel
            : dimension === "region"
              ? override.byRegion
              : override.byPolicy),
      ].find(({ id }) => id === cell);
      return row === undefined
        ? { subject: cell, narrowed: {} }
        : { subject: rowWords(row), narrowed: rowFilter(row) };
    }
    case "reviewer": {
      const person = people.find(({ id }) => id === cell);
      return person === undefined
        ? { subject: "Somebody", narrowed: {} }
        : { subject: person.name, narrowed: { reviewer: person.id } };
    }
    case "weekday":
      return { subject: WEEKDAYS[Number(cell)] ?? cell, narrowed: {} };
    case "week": {
      const to = addDays(cell, 6);
      return {
        subject: `The week ${daysWords(cell, to)}`,
        narrowed: { from: cell, to },
      };
    }
  }
}

type Row = Insights["override"]["byModel"][number];

/** What a row of the override table is about. */
export function rowWords(row: Row): string {
  const { provider, version, region, policy } = row;
  const model = provider === null || version === null ? null : `${provider} ${version}`;
  if (model !== null) return region === null ? model : `${model} in ${region}`;
  if (region !== null) return region;
  return policy === null ? row.id : `Policy ${policy}`;
}

/** The filter that leaves only this row. */
export function rowFilter(row: Row) {
  const { provider, version, region, policy } = row;
  return {
    ...(provider === null || version === null ? {} : { model: { provider, version } }),
    ...(region === null ? {} : { region }),
    ...(policy === null ? {} : { policy }),
  };
}

function valueWords(figure: Mark["figure"], value: number): string {
  if (figure === "arrivals") return `${rateWords(value)} a day`;
  return figure === "handle" ? secondsWords(value) : percentWords(value);
}

import type { MachineCell } from "@secondlook/db/insights/machine-figures";
import type { ReviewerCell, ReviewerDay } from "@secondlook/db/insights/reviewer-figures";
import { weekCells, weekdayCells } from "@secondlook/domain/insights/day-cells";
import { typicalSeconds } from "@secondlook/domain/insights/histogram";
import { type Family, markDifferences } from "@secondlook/domain/insights/marking";
import { type CountRow, shareCells } from "@secondlook/domain/insights/share-cells";
import { cellId, type MachineDimension } from "./override-figures.ts";

/** What the page shows, as far as differences are marked in it. */
export interface PageCells {
  readonly machine: readonly MachineCell[];
  readonly reviewers: readonly ReviewerCell[];
  readonly days: readonly ReviewerDay[];
  /** Every day of the time, those without arrivals too; today, which is not over, is not among them. */
  readonly arrivals: readonly { readonly day: string; readonly count: number }[];
}

const MACHINE_FIGURES = [
  { figure: "cleared", numerator: "cleared", denominator: "said_same" },
  { figure: "caught", numerator: "caught", denominator: "said_different" },
] as const;

/** Within what a dimension's cells are compared, so that another mix of models or regions is no difference. */
const STRATA = {
  model_region: () => "",
  model: (row: MachineCell) => row.region,
  region: (row: MachineCell) => cellId(row, "model"),
  policy: (row: MachineCell) => cellId(row, "model_region"),
} as const satisfies Partial<Record<MachineDimension, (row: MachineCell) => string>>;

type MarkedFigure = "cleared" | "caught" | "own_override" | "toward" | "arrivals" | "handle";
type MarkedDimension = keyof typeof STRATA | "reviewer" | "weekday" | "week";

/** The differences on a page, the clearest first. */
export function marksOf(page: PageCells) {
  const named = new Map<
    string,
    { figure: MarkedFigure; dimension: MarkedDimension; cell: string }
  >();
  const name = (figure: MarkedFigure, dimension: MarkedDimension, cell: string): string => {
    const id = JSON.stringify([figure, dimension, cell]);
    named.set(id, { figure, dimension, cell });
    return id;
  };
  const families: Family[] = [];
  for (const { figure, numerator, denominator } of MACHINE_FIGURES) {
    for (const dimension of ["model_region", "model", "region", "policy"] as const) {
      families.push(
        shareCells(
          page.machine.map((row): CountRow => ({
            cell: name(figure, dimension, cellId(row, dimension)),
            stratum: STRATA[dimension](row),
            numerator: row[numerator],
            denominator: row[denominator],
            // What one model does in one region shows in both of their sums; it is marked once.
            ...(dimension === "model_region"
              ? {}
              : { explainedBy: name(figure, "model_region", cellId(row, "model_region")) }),
          })),
        ),
      );
    }
  }
  families.push(
    shareCells(ownRows(page.reviewers, name)),
    shareCells(towardRows(page.reviewers, name)),
  );
  families.push(
    prefixed(weekdayCells(page.arrivals), (cell) => name("arrivals", "weekday", cell)),
    prefixed(
      weekCells(
        page.days.map((row) => ({
          day: row.day,
          count: row.handled,
          typicalSeconds: typicalSeconds(row.bucket_sum, row.handled),
        })),
      ),
      (cell) => name("handle", "week", cell),
    ),
  );
  return markDifferences(families)
    .toSorted((one, other) => one.p - other.p || other.strength - one.strength)
    .flatMap(({ id, direction, value, reference, p }) => {
      const cell = named.get(id);
      return cell === undefined ? [] : [{ ...cell, direction, value, reference, p }];
    });
}

type Name = (figure: MarkedFigure, dimension: MarkedDimension, cell: string) => string;

function ownRows(rows: readonly ReviewerCell[], name: Name): readonly CountRow[] {
  return rows.flatMap((row) => {
    const cell = name("own_override", "reviewer", row.staff_id);
    const stratum = `${row.region} ${row.month}`;
    return [
      { cell, stratum: `${stratum} same`, numerator: row.own_cleared, denominator: row.own_same },
      {
        cell,
        stratum: `${stratum} different`,
        numerator: row.own_caught,
        denominator: row.own_different,
      },
    ];
  });
}

function towardRows(rows: readonly ReviewerCell[], name: Name): readonly CountRow[] {
  return rows.map((row) => ({
    cell: name("toward", "reviewer", row.staff_id),
    stratum: `${row.region} ${row.month}`,
    numerator: row.toward,
    denominator: row.ratings,
  }));
}

/** Gives cells of the form `weekday:0` the page's ids; inside they go on by their own. */
function prefixed(family: Family, idOf: (cell: string) => string): Family {
  const outer = new Map(family.map(({ id }) => [idOf(id.replace(/^\w+:/, "")), id]));
  return family.map((cell) => ({
    id: idOf(cell.id.replace(/^\w+:/, "")),
    compare: (marked) => cell.compare(new Set([...marked].map((id) => outer.get(id) ?? id))),
  }));
}

import type { Share } from "@secondlook/domain/insights/share";
import type { z } from "zod";
import { procedure } from "../core/trpc.ts";
import { csvInput, csvOutput } from "../schemas/insights.ts";
import { type Overview, readOverview } from "./overview.ts";
import { queryEvent } from "./reading.ts";

type Section = z.output<typeof csvInput>["section"];
type Cell = string | number | null;

/** One part of the page as CSV: what is shown, and what is held back is held back here too. */
export const csv = procedure
  .meta({ permission: "insights.read", records: ["insights.query"] })
  .input(csvInput)
  .output(csvOutput)
  .query(async ({ ctx, input }) => {
    const page = await readOverview(ctx.deps.db, input.filter, ctx.deps.clock());
    const { reviewer } = input.filter;
    await ctx.recorder.read([
      queryEvent(input.section, input.filter, {
        method: "csv",
        ...(reviewer === null ? {} : { user: reviewer }),
      }),
    ]);
    return {
      fileName: `secondlook-${input.section}-${page.from}-${page.to}.csv`,
      text: toCsv(rowsOf(page, input.section)),
    };
  });

/** RFC 4180; text that a spreadsheet would run as a formula is set behind an apostrophe. */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const shareHead = (name: string): readonly string[] => [
  name,
  `${name}_low`,
  `${name}_high`,
  `${name}_numerator`,
  `${name}_denominator`,
];

function shareCells(share: Share): readonly Cell[] {
  if (share.state === "held_back") {
    return [share.reason === "under_30" ? "fewer than 30" : null, null, null, null, null];
  }
  const { value, interval, numerator, denominator } = share;
  return [value, interval.low, interval.high, numerator, denominator];
}

function handleCells(handle: Overview["throughput"]["handle"]): readonly Cell[] {
  return handle.state === "held_back" ? [null, null, null] : [handle.p50, handle.p90, handle.p95];
}

function rowsOf(page: Overview, section: Section): readonly (readonly Cell[])[] {
  switch (section) {
    case "days":
      return [
        [
          "day",
          "decisions",
          "people",
          "active_hours",
          "arrivals",
          "completed",
          "typical_seconds",
          ...shareHead("sla"),
        ],
        ...page.days.map((row) => [
          row.day,
          row.decisions,
          row.people,
          row.activeHours,
          row.arrivals,
          row.completed,
          row.typicalSeconds,
          ...shareCells(row.sla),
        ]),
      ];
    case "people":
      return [
        [
          "name",
          "decisions",
          "days",
          "active_hours",
          "per_active_hour",
          "p50",
          "p90",
          "p95",
          ...["own_override", "shift", "toward", "agreement"].flatMap(shareHead),
        ],
        ...page.people.map((row) => [
          row.name,
          row.decisions,
          row.personDays,
          row.activeHours,
          row.perActiveHour,
          ...handleCells(row.handle),
          ...[row.ownOverride, row.shift, row.toward, row.agreement].flatMap(shareCells),
        ]),
      ];
    case "outcomes":
      return [
        ["outcome", ...shareHead("share")],
        ...page.outcomes.map((row) => [row.outcome, ...shareCells(row.share)]),
      ];
    case "reasons":
      return [
        ["outcome", "reason", ...shareHead("share")],
        ...page.reasons.map((row) => [row.outcome, row.reason, ...shareCells(row.share)]),
      ];
    case "agreement":
      return [
        ["first", "second", "count"],
        ...page.agreement.pairs.map((row) => [row.first, row.second, row.count]),
      ];
    case "marks":
      return [
        ["figure", "dimension", "cell", "direction", "value", "reference", "p"],
        ...page.marks.map((mark) => [
          mark.figure,
          mark.dimension,
          mark.cell,
          mark.direction,
          mark.value,
          mark.reference,
          mark.p,
        ]),
      ];
    case "model":
      return overrideRows(page.override.byModel);
    case "region":
      return overrideRows(page.override.byRegion);
    case "policy":
      return overrideRows(page.override.byPolicy);
    case "band":
      return overrideRows(page.override.byBand);
    case "model_region":
      return overrideRows(page.override.byModelAndRegion);
  }
}

function overrideRows(rows: Overview["override"]["byModel"]): readonly (readonly Cell[])[] {
  return [
    [
      "provider",
      "version",
      "region",
      "policy",
      "score_from",
      "score_to",
      "cases",
      ...["override", "cleared", "caught", "confirmed", "sla"].flatMap(shareHead),
    ],
    ...rows.map((row) => [
      row.provider,
      row.version,
      row.region,
      row.policy,
      row.band?.from ?? null,
      row.band?.to ?? null,
      row.cases,
      ...[row.override, row.cleared, row.caught, row.confirmed, row.sla].flatMap(shareCells),
    ]),
  ];
}

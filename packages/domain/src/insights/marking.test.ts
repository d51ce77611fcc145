import { describe, expect, test } from "vitest";
import { weekCells, weekdayCells } from "./day-cells.ts";
import { markDifferences } from "./marking.ts";
import { addDays, eachDay, weekday } from "./reporting-day.ts";
import { type CountRow, shareCells } from "./share-cells.ts";

const row = (cell: string, numerator: number, denominator: number, stratum = ""): CountRow => ({
  cell,
  stratum,
  numerator,
  denominator,
});
const ids = (rows: readonly CountRow[]) =>
  markDifferences([shareCells(rows)]).map(({ id, direction }) => [id, direction]);

describe("marks of shares", () => {
  test("one that differs is marked, and does not make the others differ from it", () => {
    const others = Array.from({ length: 8 }, (_, at) =>
      row(`like-${at}`, 10_000 + at * 10, 100_000),
    );
    expect(ids([...others, row("odd", 40_000, 100_000)])).toEqual([["odd", "higher"]]);
  });

  test("chance alone is not marked", () => {
    const rows = [96, 104, 99, 110, 92, 101, 88, 107].map((n, at) => row(`r${at}`, n, 1_000));
    expect(ids(rows)).toEqual([]);
  });

  test("a difference beyond chance that is too small to matter is not marked", () => {
    const others = ["a", "b", "c", "d"].map((cell) => row(cell, 100_000, 1_000_000));
    expect(ids([...others, row("hardly", 104_000, 1_000_000)])).toEqual([]);
    expect(ids([...others, row("more", 106_000, 1_000_000)])).toEqual([["more", "higher"]]);
    expect(ids([...others, row("less", 94_000, 1_000_000)])).toEqual([["less", "lower"]]);
  });

  test("another mix of work is no difference", () => {
    const rows = [
      row("mostly-easy", 90, 900, "easy"),
      row("mostly-easy", 50, 100, "hard"),
      row("mostly-hard", 10, 100, "easy"),
      row("mostly-hard", 450, 900, "hard"),
    ];
    expect(ids(rows)).toEqual([]);
  });

  test("cells under 30 are neither marked nor held against others", () => {
    expect(ids([row("few", 29, 29), row("one", 100, 1_000), row("two", 100, 1_000)])).toEqual([]);
  });

  test("what one cell explains is not marked in the sums that hold it", () => {
    const fine = ["a", "b", "c"].flatMap((model) =>
      ["x", "y", "z"].map((region) => ({ model, region, bad: model === "b" && region === "y" })),
    );
    const inner = fine.map(({ model, region, bad }) =>
      row(`${model}${region}`, bad ? 5_000 : 1_000, 10_000),
    );
    const models = fine.map(({ model, region, bad }) => ({
      ...row(model, bad ? 5_000 : 1_000, 10_000, region),
      explainedBy: `${model}${region}`,
    }));
    const marked = markDifferences([shareCells(inner), shareCells(models)]);
    expect(marked.map(({ id }) => id)).toEqual(["by"]);
  });
});

describe("marks of days", () => {
  const days = eachDay("2026-01-05", addDays("2026-01-05", 7 * 20 - 1));
  /** Plain and repeatable unevenness, of no period of seven. */
  const uneven = (at: number): number => 1 + 0.05 * Math.sin(at * 12.9898);

  test("a weekday with more arrivals is marked, and only it, even while arrivals grow", () => {
    const arrivals = days.map((day, at) => ({
      day,
      count: Math.round(1_000 * (1 + at / 100) * uneven(at) * (weekday(day) === 0 ? 1.5 : 1)),
    }));
    const marks = markDifferences([weekdayCells(arrivals)]);
    expect(marks.map(({ id, direction }) => [id, direction])).toEqual([["weekday:0", "higher"]]);
    const even = arrivals.map(({ day }, at) => ({ day, count: Math.round(1_000 * uneven(at)) }));
    expect(markDifferences([weekdayCells(even)])).toEqual([]);
  });

  test("a slow week is marked, and only it", () => {
    const work = days.map((day, at) => ({
      day,
      count: 100,
      typicalSeconds: 60 * uneven(at) * (day >= "2026-03-02" && day <= "2026-03-08" ? 1.4 : 1),
    }));
    const marks = markDifferences([weekCells(work)]);
    expect(marks.map(({ id, direction }) => [id, direction])).toEqual([
      ["week:2026-03-02", "higher"],
    ]);
    expect(marks[0]?.value).toBeCloseTo(84, -1);
  });

  test("three weeks are too few to compare", () => {
    const few = days.slice(0, 21).map((day, at) => ({ day, count: at % 7 === 0 ? 5_000 : 100 }));
    expect(markDifferences([weekdayCells(few)])).toEqual([]);
  });
});

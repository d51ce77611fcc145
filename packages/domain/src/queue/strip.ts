import type { LiveNews } from "./live-news.ts";

type Region = NonNullable<LiveNews["strip"]>[number];

/** The queue in a few figures. */
export type Strip = Omit<Region, "region">;

/** Adds up the regions; a country takes in its subdivisions, null takes in everything. */
export function stripOf(regions: readonly Region[], region: string | null): Strip {
  const fitting = regions.filter(
    (each) => region === null || each.region === region || each.region.split("-")[0] === region,
  );
  const sum = (count: (each: Region) => number): number =>
    fitting.reduce((all, each) => all + count(each), 0);
  const since = fitting.flatMap(({ oldestSince }) => (oldestSince === null ? [] : [oldestSince]));
  return {
    waiting: sum((each) => each.waiting),
    beingWorked: sum((each) => each.beingWorked),
    dueSoon: sum((each) => each.dueSoon),
    overdue: sum((each) => each.overdue),
    oldestSince: since.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null,
  };
}

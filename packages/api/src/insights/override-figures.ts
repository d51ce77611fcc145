import type { MachineCell } from "@secondlook/db/insights/machine-figures";
import { bandEdges } from "@secondlook/domain/insights/score-bands";
import { shareOf } from "@secondlook/domain/insights/share";
import { total } from "./work-figures.ts";

/** By what cases are told apart. */
export type MachineDimension = "model" | "region" | "policy" | "band" | "model_region";

/** Names a cell of a dimension, in rows and marks alike. */
export function cellId(row: MachineCell, dimension: MachineDimension): string {
  switch (dimension) {
    case "model":
      return `${row.provider} ${row.model_version}`;
    case "region":
      return row.region;
    case "policy":
      return String(row.policy_version);
    case "band":
      return String(row.band);
    case "model_region":
      return `${row.provider} ${row.model_version} ${row.region}`;
  }
}

/** The shares of these cells together. */
export function sharesOf(rows: readonly MachineCell[]) {
  const sum = (of: (row: MachineCell) => number): number => total(rows, of);
  const [cleared, caught] = [sum((row) => row.cleared), sum((row) => row.caught)];
  const [saidSame, saidDifferent] = [sum((row) => row.said_same), sum((row) => row.said_different)];
  const cases = sum((row) => row.cases);
  return {
    cases,
    override: shareOf(cleared + caught, saidSame + saidDifferent),
    cleared: shareOf(cleared, saidSame),
    caught: shareOf(caught, saidDifferent),
    confirmed: shareOf(
      sum((row) => row.same),
      sum((row) => row.answered),
    ),
    sla: shareOf(
      sum((row) => row.in_time),
      cases,
    ),
  };
}

/** The same by one dimension, in the order of its cells. */
export function rowsBy(cells: readonly MachineCell[], dimension: MachineDimension) {
  const groups = Map.groupBy(
    cells.filter((cell) => cell.cases > 0),
    (cell) => cellId(cell, dimension),
  );
  return [...groups].flatMap(([id, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    const hasModel = dimension === "model" || dimension === "model_region";
    const edges = bandEdges(first.band);
    return [
      {
        id,
        provider: hasModel ? first.provider : null,
        version: hasModel ? first.model_version : null,
        region: dimension === "region" || dimension === "model_region" ? first.region : null,
        policy: dimension === "policy" ? first.policy_version : null,
        band:
          dimension === "band"
            ? { band: first.band, from: edges?.from ?? null, to: edges?.to ?? null }
            : null,
        ...sharesOf(rows),
      },
    ];
  });
}

/** Each threshold that a provider was asked for, by model version and region, most cases first. */
export function thresholdsOf(cells: readonly MachineCell[]) {
  const known = Map.groupBy(cells, (cell) =>
    JSON.stringify([cell.provider, cell.model_version, cell.region, cell.threshold]),
  );
  const counted = [...known.values()].flatMap((alike) => {
    const cases = alike.reduce((sum, { cases: each }) => sum + each, 0);
    return alike.slice(0, 1).map((cell) => ({ cell, cases }));
  });
  const most = counted.toSorted((one, other) => other.cases - one.cases);
  return most.map(({ cell }) => ({
    provider: cell.provider,
    version: cell.model_version,
    region: cell.region,
    threshold: cell.threshold < 0 ? null : cell.threshold,
  }));
}

import { expect } from "vitest";
import type { Database } from "../src/database.ts";
import { type CaseFigure, countedCases } from "../src/insights/counted-cases.ts";
import type { FigureFilter } from "../src/insights/figure-source.ts";
import { machineCells, outcomeReasons, roundPairs } from "../src/insights/machine-figures.ts";
import { reviewerWork } from "../src/insights/reviewer-figures.ts";

interface Share {
  readonly counted: number;
  readonly whole: number;
}

/** A figure, its detail where it has one, and how many cases it tells of. */
type Listed = readonly [CaseFigure, string | null, Share];

/**
 * That as many cases are listed as each share counts, and as many as it is a share of: of everybody and of
 * each of these people. Of cases with one candidate, so that there are as many ratings as decisions.
 */
export async function expectListed(
  db: Database,
  staff: readonly string[],
  all: FigureFilter,
): Promise<void> {
  for (const reviewer of [null, ...staff]) {
    const filter = { ...all, reviewer };
    for (const [figure, detail, share] of await sharesOf(db, filter)) {
      const listed = async (whole: boolean): Promise<number> =>
        (await countedCases(db, { figure, detail, whole, filter, after: null, limit: 1_000 }))
          .length;
      expect({
        figure,
        detail,
        reviewer,
        counted: await listed(false),
        whole: await listed(true),
      }).toEqual({ figure, detail, reviewer, ...share });
    }
  }
}

/** Every share of cases that figures tell. */
async function sharesOf(db: Database, filter: FigureFilter): Promise<readonly Listed[]> {
  const machine = await machineCells(db, filter);
  const { cells: people } = await reviewerWork(db, filter);
  const pairs = await roundPairs(db, filter);
  const reasons = await outcomeReasons(db, filter);
  const cases = reasons.filter(({ reason }) => reason === "");
  const decided = sum(cases, "n");
  const agreed = sum(pairs, "agreed");
  const ownAgreed = sum(people, "agreed");
  const saidSame = sum(machine, "said_same");
  const saidDifferent = sum(machine, "said_different");
  const cleared = sum(machine, "cleared");
  const caught = sum(machine, "caught");
  const ratings = sum(people, "ratings");
  return [
    ["late", null, shareOf(sum(people, "cases") - sum(people, "in_time"), sum(people, "cases"))],
    ["override", null, shareOf(cleared + caught, saidSame + saidDifferent)],
    ["cleared", null, shareOf(cleared, saidSame)],
    ["caught", null, shareOf(caught, saidDifferent)],
    [
      "own_override",
      null,
      shareOf(
        sum(people, "own_cleared") + sum(people, "own_caught"),
        sum(people, "own_same") + sum(people, "own_different"),
      ),
    ],
    ["confirmed", null, shareOf(sum(machine, "same"), sum(machine, "answered"))],
    ...[...Map.groupBy(machine, ({ band }) => band)].flatMap(([band, cells]): Listed[] => [
      ["confirmed", String(band), shareOf(sum(cells, "same"), sum(cells, "answered"))],
      [
        "override",
        String(band),
        shareOf(
          sum(cells, "cleared") + sum(cells, "caught"),
          sum(cells, "said_same") + sum(cells, "said_different"),
        ),
      ],
    ]),
    ["shift", null, shareOf(sum(people, "amended"), ratings)],
    ["toward", null, shareOf(sum(people, "toward"), ratings)],
    ["away", null, shareOf(sum(people, "away"), ratings)],
    ["disagreed", null, shareOf(sum(pairs, "n") - agreed, sum(pairs, "n"))],
    ["own_disagreed", null, shareOf(sum(people, "pairs") - ownAgreed, sum(people, "pairs"))],
    ...[...Map.groupBy(cases, ({ outcome }) => outcome)].map(([outcome, rows]): Listed => [
      "outcome",
      outcome,
      shareOf(sum(rows, "n"), decided),
    ]),
    ...reasons
      .filter(({ reason }) => reason !== "")
      .map(({ outcome, reason, n }): Listed => [
        "reason",
        `${outcome} ${reason}`,
        shareOf(n, decided),
      ]),
  ];
}

const shareOf = (counted: number, whole: number): Share => ({ counted, whole });

const sum = <K extends string>(rows: readonly Readonly<Record<K, number>>[], name: K): number =>
  rows.reduce((total, row) => total + row[name], 0);

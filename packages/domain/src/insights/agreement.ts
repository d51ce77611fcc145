/** How often two raters gave which pair of categories: row the first's, column the second's. Square. */
export type Confusion = readonly (readonly number[])[];

/** Why a coefficient has no value: nothing was rated twice, or all ratings are of one category. */
export type Coefficient =
  | { readonly state: "defined"; readonly value: number }
  | { readonly state: "not_defined"; readonly reason: "nothing" | "one_category" };

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

interface Margins {
  readonly total: number;
  readonly agreed: number;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

function marginsOf(table: Confusion): Margins {
  const rows = table.map(sum);
  const columns = table.map((_, column) => sum(table.map((row) => row[column] ?? 0)));
  return { total: sum(rows), agreed: sum(table.map((row, at) => row[at] ?? 0)), rows, columns };
}

/** Categories that anybody used at all. */
function used({ rows, columns }: Margins): number {
  return rows.filter((row, at) => row + (columns[at] ?? 0) > 0).length;
}

function undefinedFor(margins: Margins): Coefficient | undefined {
  if (margins.total === 0) return { state: "not_defined", reason: "nothing" };
  if (used(margins) < 2) return { state: "not_defined", reason: "one_category" };
  return undefined;
}

/**
 * Cohen's kappa: agreement beyond what two independent raters with these margins reach by chance.
 * Cohen, Educational and Psychological Measurement 20 (1960) 37–46. Low although nearly all agree where
 * one category prevails; read it beside `gwetAc1`.
 */
export function cohenKappa(table: Confusion): Coefficient {
  const margins = marginsOf(table);
  const none = undefinedFor(margins);
  if (none !== undefined) return none;
  const { total, agreed, rows, columns } = margins;
  const chance = sum(rows.map((row, at) => (row / total) * ((columns[at] ?? 0) / total)));
  return { state: "defined", value: (agreed / total - chance) / (1 - chance) };
}

/**
 * Gwet's AC1: chance agreement is reckoned from how mixed the categories are, so that it does not fall
 * apart where one prevails. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008)
 * 29–48. `categories` is how many there are to choose from; that of the table if nothing else is said.
 */
export function gwetAc1(table: Confusion, categories: number = table.length): Coefficient {
  const margins = marginsOf(table);
  const none = undefinedFor(margins);
  if (none !== undefined) return none;
  const { total, agreed, rows, columns } = margins;
  const chance =
    sum(
      rows.map((row, at) => {
        const share = (row + (columns[at] ?? 0)) / (2 * total);
        return share * (1 - share);
      }),
    ) /
    (categories - 1);
  return { state: "defined", value: (agreed / total - chance) / (1 - chance) };
}

/**
 * Krippendorff's alpha for nominal data over units that any number of raters rated; a missing rating is
 * null, and a unit with fewer than two ratings tells nothing and is left out. Krippendorff, Computing
 * Krippendorff's Alpha-Reliability (2011), whose example has 0.743.
 */
export function krippendorffAlpha(units: readonly (readonly (string | null)[])[]): Coefficient {
  return alphaOf(
    units.flatMap((unit) => {
      const ratings = unit.filter((each) => each !== null);
      return ratings.flatMap((one, at) =>
        ratings
          .filter((_, with_) => with_ !== at)
          .map((other) => [one, other, 1 / (ratings.length - 1)] as const),
      );
    }),
  );
}

/** The same from how often two raters gave which pair, where each unit has just those two. */
export function krippendorffAlphaOfPairs(
  pairs: readonly { readonly first: string; readonly second: string; readonly count: number }[],
): Coefficient {
  return alphaOf(
    pairs.flatMap(({ first, second, count }) => [
      [first, second, count] as const,
      [second, first, count] as const,
    ]),
  );
}

/** Alpha from coincidences: 1 − (n − 1) · disagreeing ÷ Σ n_c · n_k over c ≠ k. */
function alphaOf(coincidences: readonly (readonly [string, string, number])[]): Coefficient {
  const of = new Map<string, number>();
  let total = 0;
  let disagreeing = 0;
  for (const [one, other, weight] of coincidences) {
    of.set(one, (of.get(one) ?? 0) + weight);
    total += weight;
    if (one !== other) disagreeing += weight;
  }
  if (total === 0) return { state: "not_defined", reason: "nothing" };
  const counts = [...of.values()].filter((count) => count > 0);
  if (counts.length < 2) return { state: "not_defined", reason: "one_category" };
  const expected = total * total - sum(counts.map((count) => count * count));
  return { state: "defined", value: 1 - ((total - 1) * disagreeing) / expected };
}

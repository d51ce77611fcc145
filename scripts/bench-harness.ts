/** Median, lowest and highest of the rounds of one measure. */
export type Spread = { readonly median: number; readonly lowest: number; readonly highest: number };

/** Two measures taken in turn; `ratio` is a ÷ b, round by round. */
export type Comparison = {
  readonly rounds: number;
  readonly a: Spread;
  readonly b: Spread;
  readonly ratio: Spread;
};

export type Bound = { readonly atMost?: number; readonly atLeast?: number };

/** Where a bench module's `run(report)` puts what it found. */
export type Report = {
  note(text: string): void;
  /** One value, or the spread of several rounds. */
  figure(name: string, value: number | Spread, unit: string, bound?: Bound): void;
  /** Both absolute values and their ratio, which the bound is on. */
  comparison(
    names: readonly [a: string, b: string],
    result: Comparison,
    unit: string,
    bound?: Bound,
  ): void;
};

const FEWEST_ROUNDS = 5;

/**
 * Measures a and b in short rounds of one run. Each round takes both, in the other order than the
 * round before, so that a machine that slows down or warms up weighs on both alike. A measure
 * resolves to its figure: operations a second, milliseconds at the 99th percentile, …
 */
export async function alternate(
  a: () => Promise<number>,
  b: () => Promise<number>,
  rounds = FEWEST_ROUNDS,
): Promise<Comparison> {
  if (rounds < FEWEST_ROUNDS) {
    throw new RangeError(`${rounds} rounds say too little; take at least ${FEWEST_ROUNDS}.`);
  }
  const measured: { a: number; b: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const first = await a();
      measured.push({ a: first, b: await b() });
    } else {
      const first = await b();
      measured.push({ a: await a(), b: first });
    }
  }
  return {
    rounds,
    a: spread(measured.map((round) => round.a)),
    b: spread(measured.map((round) => round.b)),
    ratio: spread(measured.map((round) => round.a / round.b)),
  };
}

/** The spread of at least one value; throws a RangeError for none. */
export function spread(values: readonly number[]): Spread {
  return {
    median: median(values),
    lowest: percentile(values, 0),
    highest: percentile(values, 100),
  };
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError("There are no values.");
  return (upper + lower) / 2;
}

/**
 * The p-th percentile (0 to 100) by nearest rank, as in ISO 2854 and most latency tools: a value
 * that was really measured, never one in between.
 */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((x, y) => x - y);
  const rank = Math.max(1, Math.ceil((p / 100) * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError("There are no values, or p is above 100.");
  return value;
}

/** A report that hands each line to `write`. */
export function createReport(write: (line: string) => void): Report {
  const show = (value: number | Spread, unit: string): string =>
    typeof value === "number"
      ? `${digits(value)} ${unit}`
      : `${digits(value.median)} ${unit} (${digits(value.lowest)} to ${digits(value.highest)})`;
  return {
    note: (text) => write(`  ${text}`),
    figure(name, value, unit, bound) {
      const middle = typeof value === "number" ? value : value.median;
      write(`  ${name}: ${show(value, unit)}${verdict(middle, bound)}`);
    },
    comparison([a, b], result, unit, bound) {
      write(`  ${a}: ${show(result.a, unit)}`);
      write(`  ${b}: ${show(result.b, unit)}`);
      const ratio = show(result.ratio, "×");
      const times = `${result.rounds} rounds`;
      write(`  ${a} ÷ ${b}: ${ratio}, ${times}${verdict(result.ratio.median, bound)}`);
    },
  };
}

function digits(value: number): string {
  return value.toLocaleString("en-GB", { maximumSignificantDigits: 3 });
}

function verdict(value: number, bound: Bound = {}): string {
  const { atMost, atLeast } = bound;
  const asked = [
    ...(atMost === undefined ? [] : [`at most ${digits(atMost)}`]),
    ...(atLeast === undefined ? [] : [`at least ${digits(atLeast)}`]),
  ];
  if (asked.length === 0) return "";
  const met = value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);
  return `; asked: ${asked.join(" and ")}, ${met ? "met" : "NOT met"}`;
}

import { addDays } from "@secondlook/domain/insights/reporting-day";
import { withServer } from "@secondlook/testkit/postgres/own-server";
import { drizzle } from "drizzle-orm/node-postgres";
import { alternate, percentile, type Report, spread } from "../../../scripts/bench-harness.ts";
import type { Database } from "../src/database.ts";
import type { FigureFilter } from "../src/insights/figure-source.ts";
import { filterOptions } from "../src/insights/filter-options.ts";
import { arrivalDays, corrections, openRounds } from "../src/insights/live-figures.ts";
import { machineCells, outcomeReasons, roundPairs } from "../src/insights/machine-figures.ts";
import { reviewerWork, workDays } from "../src/insights/reviewer-figures.ts";
import { loadDecisions } from "../test-support/decision-load.ts";
import { type FactsDatabase, fillFacts, LAST_DAY } from "../test-support/insight-facts.ts";

/** `--decisions=10000000` for the size that the bounds are meant for, which takes most of an hour. */
const asked = process.argv.find((each) => each.startsWith("--decisions="));
const MANY = asked === undefined ? 1_000_000 : Number(asked.split("=")[1]);
const FEW = Math.max(1_000, Math.round(MANY / 100));
const REPEATS = 40;
/** Two passes of the roller, in seconds, so that each round pays for its own decisions. */
const WHILE = 6;

const QUERIES = {
  "work of people, percentiles": reviewerWork,
  "work by day": workDays,
  "cases against the machine": machineCells,
  "pairs of rounds": roundPairs,
  "outcomes and reasons": outcomeReasons,
  "arrivals by day": arrivalDays,
  "what can be filtered by": filterOptions,
  corrections,
  "what waits": openRounds,
} as const satisfies Record<string, (db: Database, filter: FigureFilter) => Promise<unknown>>;

const everything = { reviewer: null, region: null, model: null, policy: null };
const SPANS = {
  "28 days, the first view": { from: addDays(LAST_DAY, -27), to: LAST_DAY },
  "364 days": { from: addDays(LAST_DAY, -363), to: LAST_DAY },
} as const;

const sums = (...names: readonly string[]): string =>
  names.map((name) => `sum(${name}) as ${name}`).join(", ");

/**
 * What each of the two largest queries reads, as plain GROUP BYs over one narrow row a decision: first
 * what its last statement tells, which is the slowest of the first view.
 */
const PLAIN = {
  "work of people, percentiles": [
    `select staff_id, region, percentile_cont(array[0.5, 0.9, 0.95]) within group (order by handle_ms)
     from insights.fact where day between $1 and $2 group by 1, 2`,
    `select staff_id, region, date_trunc('month', day), ${sums("decisions", "measured", "active_minutes", "own_same", "own_cleared", "own_different", "own_caught", "own_excluded", "pairs", "agreed", "ratings", "amended", "toward", "away")}
     from insights.reviewer_part where day between $1 and $2 group by 1, 2, 3`,
    `select day, count(*), ${sums("decisions", "handled", "bucket_sum", "measured", "active_minutes", "cases", "in_time")}
     from (select day, staff_id, ${sums("decisions", "handled", "bucket_sum", "measured", "active_minutes", "cases", "in_time")}
           from insights.reviewer_part where day between $1 and $2 group by 1, 2) t group by 1`,
    `select staff_id, count(distinct day) from insights.reviewer_part where day between $1 and $2 group by 1`,
  ],
  "cases against the machine": [
    `select provider, model_version, band, region, policy_version, threshold, count(*), sum(handle_ms),
      count(*) filter (where in_force), count(*) filter (where in_force and in_time),
      count(*) filter (where in_force and answer is not null and recommendation = 'same_person'),
      count(*) filter (where in_force and answer = 'different' and recommendation = 'same_person'),
      count(*) filter (where in_force and answer is not null and recommendation = 'different_person'),
      count(*) filter (where in_force and answer = 'same' and recommendation = 'different_person'),
      count(*) filter (where in_force and answer = 'same')
     from insights.fact where day between $1 and $2 and judged group by 1, 2, 3, 4, 5, 6`,
  ],
} as const;

/**
 * How long the queries of the page take with rollups over many decisions and over a hundredth of them,
 * beside the plain GROUP BYs that define two of them; how many decisions a second there are with figures
 * kept and without, and how long after settling a decision is counted.
 */
export async function run(report: Report): Promise<void> {
  await withServer({ durable: true }, async (server) => {
    report.note(`filling ${MANY} and ${FEW} decisions; --decisions=10000000 for the full size`);
    await using many = await fillFacts(server.connection, MANY);
    await using few = await fillFacts(server.connection, FEW);
    for (const [span, dates] of Object.entries(SPANS)) {
      const filter = { ...everything, ...dates };
      const slow = await slowest(many, filter);
      const small = await slowest(few, filter);
      report.figure(`${span}: slowest query (${slow.name}), p95`, slow.p95, "ms", { atMost: 100 });
      report.figure(`${span}: its growth from ${FEW} to ${MANY}, p95`, slow.p95 / small.p95, "×", {
        atMost: 2,
      });
      for (const [name, texts] of Object.entries(PLAIN)) {
        const query = Object.entries(QUERIES).find(([each]) => each === name)?.[1];
        if (query === undefined) continue;
        const plain = (asked: readonly string[]): Promise<number> =>
          timed(async () => {
            for (const text of asked) await many.owner.query(text, [dates.from, dates.to]);
          });
        const whole = await alternate(
          () => plain(texts),
          () => timed(() => query(drizzle(many.pool), filter)),
        );
        report.comparison([`${span}: ${name}, plain`, "by rollup"], whole, "ms", { atLeast: 100 });
        if (texts.length === 1) continue;
        const last = await alternate(
          () => plain(texts.slice(0, 1)),
          async () => (await statementTimes(many, (db) => query(db, filter))).at(-1) ?? Number.NaN,
        );
        report.comparison([`${span}: percentiles alone, plain`, "by rollup"], last, "ms", {
          atLeast: 100,
        });
      }
    }
    await measureCrossings(report, many);
    await using load = await loadDecisions(server.connection, 160_000);
    await load.rate(true, 3);
    const rates = await alternate(
      () => load.rate(true, WHILE),
      () => load.rate(false, WHILE),
      12,
    );
    report.comparison(["decisions with figures", "without"], rates, "a second", { atLeast: 0.9 });
    const lags = await load.lags(20);
    report.figure("settled to counted, p50", percentile(lags, 50), "ms");
    report.figure("settled to counted, p99", percentile(lags, 99), "ms", { atMost: 5_000 });
  });
}

/** Beyond the first view: a model's year, and a person's, part of which is added up from the facts. */
async function measureCrossings(report: Report, from: FactsDatabase): Promise<void> {
  const db: Database = drizzle(from.pool);
  const year = { ...everything, ...SPANS["364 days"] };
  const model = { provider: "rekognition", version: "6.1" };
  const crossings = {
    "a model's year": { ...year, model },
    "a policy version's year": { ...year, policy: 1 },
    "a person's year": { ...year, reviewer: "usr_7" },
    "a person's year with a model": { ...year, reviewer: "usr_7", model },
  };
  const queries = {
    "work of people, percentiles": reviewerWork,
    "cases against the machine": machineCells,
    "pairs of rounds": roundPairs,
    "outcomes and reasons": outcomeReasons,
  };
  for (const [crossing, filter] of Object.entries(crossings)) {
    for (const [name, query] of Object.entries(queries)) {
      const times: number[] = [];
      for (let i = 0; i < 3; i += 1) times.push(await timed(() => query(db, filter)));
      report.figure(`${crossing}: ${name}`, spread(times), "ms", { atMost: 2_000 });
    }
  }
}

/** The query with the largest p95, each asked in turn. */
async function slowest(
  from: FactsDatabase,
  filter: FigureFilter,
): Promise<{ readonly name: string; readonly p95: number }> {
  const took = new Map<string, number[]>();
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const [name, query] of Object.entries(QUERIES)) {
      // What asks several, one after the other, counts by the longest of them.
      const each = await statementTimes(from, (db) => query(db, filter));
      took.set(name, [...(took.get(name) ?? []), Math.max(...each)]);
    }
  }
  const sorted = [...took]
    .map(([name, times]) => ({ name, p95: percentile(times, 95) }))
    .toSorted((one, other) => other.p95 - one.p95);
  return sorted[0] ?? { name: "none", p95: Number.NaN };
}

/** How long each statement took of what asks one after the other, in milliseconds. */
async function statementTimes(
  { pool }: FactsDatabase,
  work: (db: Database) => Promise<unknown>,
): Promise<readonly number[]> {
  const starts: number[] = [];
  await work(drizzle(pool, { logger: { logQuery: () => void starts.push(performance.now()) } }));
  starts.push(performance.now());
  return starts.slice(1).map((next, at) => next - (starts[at] ?? next));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

import { withServer } from "@secondlook/testkit/postgres/own-server";
import { alternate, percentile, type Report } from "../../../scripts/bench-harness.ts";
import { KINDS, loadQueue, offerClaims, saturate } from "../test-support/claim-load.ts";
import { createJobQueue } from "../test-support/job-rate.ts";

const MANY = 1_000_000;
const FEW = 10_000;
const ROUNDS = 6;
/** Six rounds of ten seconds: a minute for each kind of reviewer and each length of the queue. */
const OFFERED = { perSecond: 50, seconds: 10 };
const SATURATED = { callers: 12, seconds: 4 };

/**
 * How long a claim takes (the person's lock, what they hold, the case kept ready opened, the next one
 * kept ready, two events, a durable commit) at 50 claims and decisions a second, with a million cases
 * waiting against ten thousand, while a REPEATABLE READ snapshot is held open in both databases. Then
 * how many a second there can be, beside graphile-worker on the same server.
 */
export async function run(report: Report): Promise<void> {
  await withServer({ durable: true }, async (server) => {
    report.note(`filling a queue with ${MANY} cases takes a few minutes`);
    await using many = await loadQueue(server.connection, MANY);
    await using few = await loadQueue(server.connection, FEW);
    for (const queue of [many, few]) {
      for (const kind of KINDS) await offerClaims(queue, kind, { perSecond: 50, seconds: 4 });
    }
    for (const kind of KINDS) {
      const all: number[] = [];
      const result = await alternate(
        async () => {
          const took = await offerClaims(many, kind, OFFERED);
          all.push(...took);
          return percentile(took, 99);
        },
        async () => percentile(await offerClaims(few, kind, OFFERED), 99),
        ROUNDS,
      );
      report.figure(
        `claim p99 of who matches ${kind}, ${all.length} claims`,
        percentile(all, 99),
        "ms",
        {
          atMost: 20,
        },
      );
      report.figure(`claim p50 of who matches ${kind}`, percentile(all, 50), "ms");
      report.comparison(["p99 at 10^6", "at 10^4"], result, "ms", { atMost: 1.2 });
    }
    await using jobs = await createJobQueue(server.connection);
    const rates = await alternate(
      () => saturate(many, SATURATED),
      () => jobs.rate(SATURATED),
    );
    report.comparison(
      ["claims with decisions, saturated", "graphile-worker jobs, unbatched"],
      rates,
      "a second",
    );
  });
}

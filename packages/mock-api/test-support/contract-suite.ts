import { afterAll, beforeAll, describe, expect, test as base } from "vitest";
import { type ContractTarget, SKIPPED, type TargetName } from "./contract-target.ts";
import { decisionContract } from "./contract-decisions.ts";
import { doorContract } from "./contract-doors.ts";
import { ingestContract } from "./contract-ingest.ts";
import { judgingContract } from "./contract-judging.ts";
import { queueContract } from "./contract-queue.ts";
import { openBench, type Bench } from "./contract-bench.ts";

/** Declares one guarantee; those that the target can't show are skipped by name. */
export type Guarantee = (name: string, check: (bench: Bench) => Promise<void>) => void;

/**
 * What the API promises by HTTP, whatever lies beneath it. It runs on Postgres and on PGlite: mock
 * mode is true as far as this goes.
 */
export function contract(name: TargetName, open: () => Promise<ContractTarget>): void {
  const skipped: Readonly<Record<string, string>> = SKIPPED[name];
  const declared = new Set<string>();
  let target: ContractTarget;
  let bench: Bench;
  beforeAll(async () => {
    target = await open();
    bench = openBench(target);
  }, 120_000);
  afterAll(async () => target[Symbol.asyncDispose]());

  const guarantee: Guarantee = (words, check) => {
    declared.add(words);
    // oxlint-disable-next-line vitest/expect-expect, vitest/valid-title -- both are the guarantee's
    base.skipIf(words in skipped)(words, { timeout: 60_000 }, () => check(bench));
  };
  describe(`on ${name}`, () => {
    doorContract(guarantee);
    ingestContract(guarantee);
    queueContract(guarantee);
    judgingContract(guarantee);
    decisionContract(guarantee);
    base("what is skipped is a part of the suite", () => {
      const known = Object.values<Readonly<Record<string, string>>>(SKIPPED).flatMap(Object.keys);
      expect(known.filter((words) => !declared.has(words))).toEqual([]);
    });
  });
}

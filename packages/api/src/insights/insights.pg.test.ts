import { rebuildInsights, rollInsights } from "@secondlook/db/insights/roll";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { seedCase } from "@secondlook/testkit/cases/seed-case";
import { claimWork, judge } from "@secondlook/testkit/api/judge";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settleDue } from "../jobs/settle-decision.ts";
import type { Outputs } from "../contract.ts";
import { overviewOutput } from "../schemas/insights.ts";

const CASES = 40;
const ALL = { from: null, to: null, region: null, model: null, policy: null, reviewer: null };

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({
    policy: { ...POLICY_V1, base: { ...POLICY_V1.base, minimumViewSeconds: 0 } },
  });
  await rebuildInsights(app.deps.db, "Europe/Berlin");
  const reviewer = await app.signIn("reviewer-1");
  for (let index = 0; index < CASES; index += 1) {
    await seedCase(app.deps.db, {
      vault: app.deps.vault,
      region: index < 35 ? "VN" : "DE",
      matcher: { recommendation: index % 4 === 3 ? "different_person" : "same_person" },
      candidates: [{ similarity: 91 }],
    });
    await judge(reviewer, await claimWork(reviewer), {
      outcome: "distinct",
      reason: "different_face",
    });
  }
  await app.clock.pass({ seconds: 11 });
  await settleDue(app.deps);
  while ((await rollInsights(app.deps.db)).more);
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

async function overview(
  filter: Partial<typeof ALL> = {},
): Promise<Outputs["insights"]["overview"]> {
  const lead = await app.signIn("lead-1");
  const answer = await lead.call("insights.overview", { ...ALL, ...filter });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.message}`);
  return overviewOutput.parse(answer.data);
}

describe("the page of figures", () => {
  test("counts what was decided, and holds small counts back", async () => {
    const page = await overview();
    expect(page.throughput.decisions).toBe(CASES);
    expect(page.override.all).toMatchObject({ numerator: 30, denominator: 40, value: 0.75 });
    expect(page.override.cleared).toMatchObject({ numerator: 30, denominator: 30, value: 1 });
    expect(page.override.caught).toEqual({ state: "held_back", reason: "under_30" });
    expect(page.override.byRegion.map(({ id, override }) => [id, override.state])).toEqual([
      ["DE", "held_back"],
      ["VN", "known"],
    ]);
  });
});

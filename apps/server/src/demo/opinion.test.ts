import { workedCases } from "@secondlook/demo/demo-set";
import { createRandom } from "@secondlook/demo/random";
import { checkOutcome } from "@secondlook/domain/decisions/outcome";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { opinionOn } from "./opinion.ts";

describe("an opinion of the demo's team", () => {
  it("is one that the rules take, whoever has it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...workedCases),
        fc.boolean(),
        fc.integer(),
        (plan, lead, seed) => {
          const opinion = opinionOn(plan, { lead }, createRandom(seed));
          const findings = plan.candidates.map(({ externalId }) => ({
            candidate: externalId,
            finding: opinion.finding,
            rating: opinion.judgement.rating,
            exempt: opinion.outcome === "permitted_second_account",
          }));
          expect(checkOutcome(opinion.outcome, findings)).toBeUndefined();
          expect(POLICY_V1.base.reasonCodes[opinion.outcome]).toEqual(
            expect.arrayContaining([...opinion.reasons]),
          );
        },
      ),
    );
  });

  it("is the truth where a lead has it, and now and then not where a reviewer has it", () => {
    const outcomes = (lead: boolean): string[] =>
      workedCases.flatMap((plan) =>
        Array.from({ length: 20 }, (_, i) => opinionOn(plan, { lead }, createRandom(i)).outcome),
      );
    const truths = workedCases.flatMap((plan) =>
      Array.from({ length: 20 }, () => plan.truth.outcome),
    );
    expect(outcomes(true)).toEqual(truths);
    const wrong = outcomes(false).filter((outcome, i) => outcome !== truths[i]).length;
    expect(wrong / truths.length).toBeGreaterThan(0.02);
    expect(wrong / truths.length).toBeLessThan(0.15);
  });
});

describe("the cases that the team works", () => {
  it("have candidates who are all the same person as the probe, or none", () => {
    for (const { candidates, truth } of workedCases) {
      expect(candidates.length).toBeGreaterThan(0);
      expect([0, candidates.length]).toContain(truth.same.length);
    }
    expect(new Set(workedCases.map(({ truth }) => truth.outcome)).size).toBe(5);
  });
});

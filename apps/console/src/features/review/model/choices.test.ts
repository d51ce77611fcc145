import { describe, expect, it } from "vitest";
import { candidate, workCase } from "../../../../test-support/work-case.ts";
import { outcomeProblem, reasonProblem } from "./choices.ts";
import { reasonsOf } from "./bench.ts";
import { chooseOutcome, toggleReason } from "./changes.ts";
import { openBench } from "./open-bench.ts";

const none = openBench(workCase("A", { candidates: [] }));
const same = openBench(workCase("A", { candidates: [candidate("1", 2), candidate("2", -2)] }));

describe("choices that contradict the case", () => {
  it("are duplicate and permitted without a candidate", () => {
    expect(outcomeProblem(none, "duplicate")).toBe("Needs a candidate found the same.");
    expect(outcomeProblem(none, "permitted_second_account")).toBe(
      "Needs a candidate found the same.",
    );
    expect(outcomeProblem(none, "distinct")).toBeNull();
    expect(outcomeProblem(none, "inconclusive")).toBeNull();
  });

  it("are inconclusive and distinct beside a candidate found the same", () => {
    expect(outcomeProblem(same, "inconclusive")).toContain("found the same");
    expect(outcomeProblem(same, "distinct")).toContain("every candidate found different");
    expect(outcomeProblem(same, "duplicate")).toBeNull();
    expect(outcomeProblem(same, "permitted_second_account")).toBeNull();
  });

  it("are reasons that speak of candidates there are not, or of none where there are some", () => {
    expect(reasonProblem(same, "no_match")).toBe("This case has 2 candidates.");
    expect(reasonProblem(none, "no_match")).toBeNull();
    expect(reasonProblem(none, "lookalike")).toBe("This case has no candidate.");
    expect(reasonProblem(same, "lookalike")).toBeNull();
  });
});

it("keeps the reasons of an outcome for whoever comes back to it, and sends none that it forbids", () => {
  const duplicate = toggleReason(chooseOutcome(same, "duplicate"), "same_face");
  expect(reasonsOf(duplicate)).toEqual(["same_face"]);
  const other = chooseOutcome(duplicate, "distinct");
  expect(reasonsOf(other)).toEqual([]);
  expect(reasonsOf(chooseOutcome(other, "duplicate"))).toEqual(["same_face"]);
});

it("takes all of an outcome's own reasons where policy names none", () => {
  const { work } = same;
  const unnamed = { ...same, work: { ...work, rules: { ...work.rules, reasonCodes: {} } } };
  const chosen = toggleReason(chooseOutcome(unnamed, "duplicate"), "same_document");
  expect(reasonsOf(chosen)).toEqual(["same_document"]);
});

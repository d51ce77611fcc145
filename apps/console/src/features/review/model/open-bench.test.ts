import { describe, expect, it } from "vitest";
import { candidate, workCase } from "../../../../test-support/work-case.ts";
import { chooseOutcome, rate, toggleReason, withForm } from "./changes.ts";
import { draftOf, openBench, reopenBench } from "./open-bench.ts";

describe("a draft", () => {
  it("fills in again all that was filled in", () => {
    const bench = withForm(
      toggleReason(chooseOutcome(rate(openBench(workCase("A")), 0), "inconclusive"), "cannot_tell"),
      {
        findings: { cnd_A1: "unresolved" },
        rationale: "The light differs.",
        route: "lead",
        question: "Is it a twin?",
        exemption: { note: "A second shop", expiresOn: "2027-01-01" },
      },
    );
    const again = openBench(workCase("A", { draft: draftOf(bench.form) }));
    expect(again.form).toEqual(bench.form);
  });

  it("keeps a judgement that has no rating yet", () => {
    const form = { rating: null, components: { ears: "alike" as const }, missing: [] };
    const bench = withForm(openBench(workCase("A")), { judgements: { cnd_A1: form } });
    const again = openBench(workCase("A", { draft: draftOf(bench.form) }));
    expect(again.form.judgements["cnd_A1"]).toEqual(form);
  });
});

describe("a case under a new lease", () => {
  it("keeps what is being filled in and asks anew for what a lease opens", () => {
    const first = {
      ...withForm(openBench(workCase("A")), { rationale: "Half a sen" }),
      reveal: { machine: null, candidates: [], earlier: [] },
    };
    const sealed = workCase("A", { fence: 2, candidates: [candidate("A1", 1)] });
    const again = reopenBench(first, sealed);
    expect(again.form.rationale).toBe("Half a sen");
    expect(again.work.fence).toBe(2);
    expect(again.reveal).toBeNull();
  });
});

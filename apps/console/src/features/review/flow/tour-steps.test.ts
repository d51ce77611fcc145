import { describe, expect, it } from "vitest";
import { workCase } from "../../../../test-support/work-case.ts";
import type { Bench } from "../model/bench.ts";
import { rate } from "../model/changes.ts";
import { openBench } from "../model/open-bench.ts";
import { tourEnds, tourStep } from "./tour-steps.ts";

const at = (bench: Bench | null) => tourStep({ bench, undo: null, lost: null });

describe("the tour", () => {
  it("goes on by what the reviewer does", () => {
    const bench = openBench(workCase("A"));
    expect(at(null)).toBeNull();
    expect(at(bench)).toBe("look");
    const looked = { ...bench, looked: ["cnd_A1"] };
    // As the button does, it asks for a look before it speaks of the seal.
    expect(at(rate(bench, 2))).toBe("look");
    expect(at(looked)).toBe("rate");
    expect(at(rate(looked, 2))).toBe("seal");
    const [candidate] = bench.work.candidates;
    if (candidate === undefined) throw new Error("no candidate");
    const sealed = { rating: 2 as const, components: {}, missing: [] };
    const done = { ...bench.work, candidates: [{ ...candidate, sealed }] };
    expect(at({ ...looked, work: done })).toBe("reveal");
    expect(at({ ...looked, work: done, amending: true })).toBe("rate");
    const two = { ...candidate, candidateId: "cnd_A2" as const };
    expect(at({ ...looked, work: { ...done, candidates: [...done.candidates, two] } })).toBe(
      "next",
    );
  });

  it("is over with the undo, or with the workbench that a decision empties", () => {
    expect(tourEnds("undo", "look")).toBe(true);
    expect(tourEnds("undo", "workbench gone")).toBe(true);
    expect(tourEnds("undo", "undo")).toBe(false);
    expect(tourEnds("decide", "workbench gone")).toBe(true);
    expect(tourEnds("decide", "undo")).toBe(false);
    expect(tourEnds("rate", "workbench gone")).toBe(false);
    expect(tourEnds(null, "look")).toBe(false);
  });

  it("says nothing over a lost lease", () => {
    const bench = openBench(workCase("A"));
    expect(tourStep({ bench, undo: null, lost: { free: true, why: null } })).toBeNull();
  });
});

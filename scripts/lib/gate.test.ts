import { describe, expect, test } from "vitest";

import { type Gate, judge } from "./gate.ts";

const GATE: Gate = {
  name: "lint",
  command: "oxlint",
  args: [],
  counted: { pattern: /on (\d+) files/g, what: "files", minimum: 2 },
};

describe("a gate", () => {
  test("passes when the tool succeeds and has looked at enough", () => {
    const verdict = judge(GATE, { code: 0, output: "Finished on 12 files", seconds: 1 });
    expect(verdict).toEqual({ passed: true, line: "✓ lint: 12 files (1.0 s)" });
  });

  test("fails when the tool fails, however much it looked at", () => {
    expect(judge(GATE, { code: 2, output: "on 12 files", seconds: 1 }).passed).toBe(false);
  });

  test("fails when the tool succeeds on nothing, on too little, or no longer says", () => {
    for (const output of ["on 0 files", "on 1 files", "All good!"]) {
      expect(judge(GATE, { code: 0, output, seconds: 1 }).passed).toBe(false);
    }
  });

  test("counts lines where each names one thing", () => {
    const counted = { pattern: /^Project '/gm, what: "projects", minimum: 2 };
    const gate: Gate = { ...GATE, counted };
    const output = "Project 'a' is new\nProject 'b' is new\n";
    expect(judge(gate, { code: 0, output, seconds: 0 }).line).toContain("2 projects");
  });
});

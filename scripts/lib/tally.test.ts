import { describe, expect, test } from "vitest";

import { readReport, tallyOf } from "./tally.ts";

describe("the closing count", () => {
  test("reads Vitest's and Playwright's reports", () => {
    const vitest = { numPassedTests: 12, numFailedTests: 2, numPendingTests: 1 };
    expect(tallyOf(vitest, 1)).toEqual({ passed: 12, failed: 2 });
    const playwright = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 4 } };
    expect(tallyOf(playwright, 1)).toEqual({ passed: 5, failed: 2 });
  });

  test("never hides a failure: no report, an exit code without one, or no test at all", () => {
    expect(tallyOf(undefined, 0)).toEqual({ passed: 0, failed: 1 });
    expect(tallyOf({ numPassedTests: 3, numFailedTests: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(tallyOf({ numPassedTests: 0, numFailedTests: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
    expect(readReport("/nowhere/report.json")).toBeUndefined();
  });
});

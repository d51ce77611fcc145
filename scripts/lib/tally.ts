import { readFileSync } from "node:fs";

export type Tally = { readonly passed: number; readonly failed: number };

/** A suite that ended without a readable report or a named failure still failed once. */
const CRASHED: Tally = { passed: 0, failed: 1 };

/** What a test tool's report says, given the tool's exit code; never better than that code. */
export function tallyOf(report: unknown, code: number): Tally {
  const counted = vitestTally(report) ?? playwrightTally(report);
  if (counted === undefined) return CRASHED;
  if (counted.failed === 0 && (code !== 0 || counted.passed === 0))
    return { ...counted, failed: 1 };
  return counted;
}

/** The JSON that a reporter wrote, or undefined where it wrote none or half of it. */
export function readReport(path: string): unknown {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    return parsed;
  } catch {
    return undefined;
  }
}

function vitestTally(report: unknown): Tally | undefined {
  const passed = numberAt(report, "numPassedTests");
  const failed = numberAt(report, "numFailedTests");
  return passed === undefined || failed === undefined ? undefined : { passed, failed };
}

/** A test that passed only when it was run again is counted as failed: it hides a race. */
function playwrightTally(report: unknown): Tally | undefined {
  const stats = isRecord(report) ? report["stats"] : undefined;
  const passed = numberAt(stats, "expected");
  const failed = numberAt(stats, "unexpected");
  const flaky = numberAt(stats, "flaky");
  if (passed === undefined || failed === undefined || flaky === undefined) return undefined;
  return { passed, failed: failed + flaky };
}

function numberAt(value: unknown, key: string): number | undefined {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === "number" ? found : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

import type { Ran } from "./run.ts";

export type Gate = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Finds, in the output, how many things the tool looked at; absent where it doesn't say. */
  readonly counted?: { readonly pattern: RegExp; readonly what: string; readonly minimum: number };
};

export type Verdict = { readonly passed: boolean; readonly line: string };

/**
 * Judges one gate. A tool that succeeds without having looked at anything has proved nothing, so
 * that fails as well: it is what happens when a tool no longer understands the settings.
 */
export function judge(gate: Gate, ran: Ran): Verdict {
  const seconds = `${ran.seconds.toFixed(1)} s`;
  if (ran.code !== 0) {
    return { passed: false, line: `✗ ${gate.name} failed (${seconds}, exit code ${ran.code})` };
  }
  if (gate.counted === undefined) return { passed: true, line: `✓ ${gate.name} (${seconds})` };
  const { pattern, what, minimum } = gate.counted;
  const matches = [...ran.output.matchAll(pattern)];
  // With a group the tool gives the number; without one each match is one thing looked at.
  const count = matches.reduce((sum, match) => sum + Number(match[1] ?? 1), 0);
  if (!(count >= minimum)) {
    return {
      passed: false,
      line: `✗ ${gate.name} looked at ${count} ${what} and should have at ${minimum} or more (${seconds})`,
    };
  }
  return { passed: true, line: `✓ ${gate.name}: ${count} ${what} (${seconds})` };
}

import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

import type { Account } from "./account.ts";

export interface RunningProgram {
  readonly process: ChildProcess;
  /** The last line that tells of an error, else the last line. */
  lastWords(): string;
  /** Resolves when the program has ended, with its exit code (null after a signal). */
  readonly ended: Promise<number | null>;
}

/**
 * Starts a program as the account, in a session of its own, so that Ctrl-C in the terminal reaches
 * the server only and the database stays until the server has drained.
 */
export function startProgram(
  account: Account,
  program: string,
  args: readonly string[],
  log: (line: string) => void,
): RunningProgram {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  const child = spawn(command, rest, {
    cwd: "/",
    detached: true,
    env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let last = "";
  let lastError = "";
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      last = line;
      lastError = /\b(?:FATAL|PANIC|error):/.test(line) ? line : lastError;
      log(line);
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", (error) => {
      lastError = error.message;
      resolve(null);
    });
    child.on("close", (code) => resolve(code));
  });
  return { process: child, ended, lastWords: () => lastError || last };
}

import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

import type { Account } from "./account.ts";

/** What happens to the program when this process is killed: asked to stop, or killed with its children. */
type OrphanSignal = "INT" | "KILL";

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
  options: { log: (line: string) => void; whenOrphaned: OrphanSignal },
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
      options.log(line);
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", (error) => {
      lastError = error.message;
      resolve(null);
    });
    child.on("close", (code) => resolve(code));
  });
  if (child.pid !== undefined) {
    guardAgainstOrphan(child.pid, options.whenOrphaned, ended);
  }
  return { process: child, ended, lastWords: () => lastError || last };
}

/**
 * A shell waits on a pipe that closes when this process ends, however it ends, and then stops the
 * program. So a killed server leaves nothing running.
 */
function guardAgainstOrphan(pid: number, signal: OrphanSignal, ended: Promise<unknown>): void {
  const target = signal === "KILL" ? -pid : pid;
  const script = 'read -r _; kill -s "$1" -- "$2"';
  const guard = spawn("/bin/sh", ["-c", script, "sh", signal, String(target)], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.on("error", () => undefined);
  guard.unref();
  void ended.then(() => guard.kill("SIGKILL"));
}

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** A process as the walk upwards from this one meets it. */
export interface Ancestor {
  readonly pid: number;
  readonly parent: number;
  /** The command line, as far as the system tells it. */
  readonly command: string;
}

const MANAGER = /^(npm|npx|pnpm|yarn|node)\b/;
const SHELL = /^(sh|dash|bash|zsh|ash|busybox)\b/;

/**
 * The processes that stand between this one and whoever typed the command: package managers, other
 * Node programs such as a test runner, and the shells between them. A person's own shell is none of
 * them, so a server in the background outlives the shell that it was started from.
 *
 * @param up from this process upwards, this one not included
 * @returns nearest first; empty where a person or a service manager started this process directly.
 */
export function launchersOf(up: readonly Ancestor[]): readonly Ancestor[] {
  const others = up.findIndex(({ command }) => !isManager(command) && !SHELL.test(nameOf(command)));
  const near = others === -1 ? up : up.slice(0, others);
  return near.slice(0, near.findLastIndex(({ command }) => isManager(command)) + 1);
}

function isManager(command: string): boolean {
  return MANAGER.test(nameOf(command));
}

function nameOf(command: string): string {
  return basename(command.trimStart().split(/\s/, 1)[0] ?? "").replace(/^-/, "");
}

/** Walks from this process upwards. Empty where the system doesn't tell. */
export function readAncestors(): readonly Ancestor[] {
  const table = process.platform === "linux" ? undefined : readTable();
  const up: Ancestor[] = [];
  for (let pid = process.ppid; pid > 1 && up.length < 64;) {
    const found = table === undefined ? readProcess(pid) : table.get(pid);
    if (found === undefined) break;
    up.push(found);
    pid = found.parent;
  }
  return up;
}

/**
 * A check whether one of these launchers is gone. A dead one that nobody has collected yet is gone
 * as well: its children have another parent from that moment on.
 */
export function launcherWatch(launchers: readonly Ancestor[]): () => boolean {
  const first = launchers[0];
  if (first === undefined) return () => false;
  const below = launchers.slice(0, -1);
  const beyond = launchers.slice(1);
  return () => {
    if (process.ppid !== first.pid) return true;
    return process.platform === "linux"
      ? below.some(({ pid, parent }) => readProcess(pid)?.parent !== parent)
      : beyond.some(({ pid }) => !isAlive(pid));
  };
}

function readProcess(pid: number): Ancestor | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    // The second field, the name in parentheses, may hold spaces and parentheses itself.
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    return { pid, parent, command };
  } catch {
    return undefined;
  }
}

function readTable(): ReadonlyMap<number, Ancestor> {
  try {
    const text = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
    return new Map(
      text.split("\n").flatMap((line) => {
        const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
        if (pid === undefined || parent === undefined || command === undefined) return [];
        return [[Number(pid), { pid: Number(pid), parent: Number(parent), command }] as const];
      }),
    );
  } catch {
    return new Map();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

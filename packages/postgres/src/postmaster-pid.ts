import { execFile } from "node:child_process";
import { readFile, readlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

const run = promisify(execFile);

/** What the cluster's `postmaster.pid` says, or undefined where there is none. */
export async function readPidFile(
  clusterDir: string,
): Promise<{ pid: number; ready: boolean; lines: readonly string[] } | undefined> {
  const text = await readFile(join(clusterDir, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  return Number.isSafeInteger(pid) && pid > 1
    ? { pid, ready: lines[7]?.trim() === "ready", lines }
    : undefined;
}

/**
 * Leaves nobody running on the cluster: a Postgres that outlived its server is stopped, and a pid
 * file whose number meanwhile belongs to another process (usual in containers), or to a process
 * that is dead and not yet collected, is made harmless.
 * The caller holds the lock of the data folder.
 */
export async function clearFormerPostmaster(
  clusterDir: string,
  log: (line: string) => void,
): Promise<void> {
  const former = await readPidFile(clusterDir);
  if (former !== undefined && (await isPostgresOf(clusterDir, former.pid))) {
    log(`stopping the Postgres (process ${former.pid}) that an earlier server left running`);
    await stopForeign(clusterDir, former.pid);
  }
  const leftOver = await readPidFile(clusterDir);
  if (leftOver !== undefined) {
    // Our own number makes Postgres take the file for a stale one, whatever process has the number
    // now, and still check from the seventh line that no orphaned backend is attached to the old
    // shared memory. Removing the file would skip that check.
    const lines = [String(process.pid), ...leftOver.lines.slice(1)];
    await writeFile(join(clusterDir, "postmaster.pid"), lines.join("\n"));
  }
}

/** Whether the process is a postgres that works in `clusterDir`; a zombie is not. */
async function isPostgresOf(clusterDir: string, pid: number): Promise<boolean> {
  if (process.platform !== "linux") {
    const { stdout } = await run("ps", ["-ww", "-o", "args=", "-p", String(pid)]).catch(() => ({
      stdout: "",
    }));
    return stdout.includes("postgres") && stdout.includes(clusterDir);
  }
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  const [program = "", ...args] = commandLine.split("\0");
  if (basename(program) !== "postgres") {
    return false;
  }
  const workingDir = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return workingDir === clusterDir || args.includes(clusterDir);
}

async function stopForeign(clusterDir: string, pid: number): Promise<void> {
  for (const [signal, seconds] of [
    ["SIGINT", 20],
    ["SIGQUIT", 10],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return; // It has just ended.
    }
    for (let waited = 0; waited < seconds * 20; waited += 1) {
      if (!(await isPostgresOf(clusterDir, pid))) {
        return;
      }
      await sleep(50);
    }
  }
  throw new EmbeddedPostgresError(
    "already_in_use",
    `A Postgres of an earlier server (process ${pid}) still runs on ${clusterDir} and doesn't stop: ` +
      `end it with \`kill -QUIT ${pid}\` and start again.`,
  );
}

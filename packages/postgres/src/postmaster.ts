import { setTimeout as sleep } from "node:timers/promises";

import type { Account } from "./account.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { readPidFile } from "./postmaster-pid.ts";
import { startProgram, type RunningProgram } from "./run-program.ts";

/** Starts Postgres and waits until it takes connections, however long its recovery lasts. */
export async function startPostmaster(
  account: Account,
  postgres: string,
  args: readonly string[],
  clusterDir: string,
  log: (line: string) => void,
): Promise<RunningProgram> {
  for (let attempt = 1; ; attempt += 1) {
    const program = startProgram(account, postgres, args, { log, whenOrphaned: "INT" });
    if (await becomesReady(program, clusterDir)) {
      return program;
    }
    // Backends of a killed Postgres need a moment to notice that it is gone.
    if (attempt >= 20 || !program.lastWords().includes("still in use")) {
      throw new EmbeddedPostgresError(
        "failed_to_start",
        `The database in ${clusterDir} did not start: ${program.lastWords()}`,
      );
    }
    await sleep(250);
  }
}

async function becomesReady(program: RunningProgram, clusterDir: string): Promise<boolean> {
  const ended = program.ended.then(() => true);
  do {
    const file = await readPidFile(clusterDir);
    if (file?.pid === program.process.pid && file?.ready === true) {
      return true;
    }
  } while (!(await Promise.race([ended, sleep(20, false)])));
  return false;
}

/** Fast shutdown; an immediate one, which the next start recovers from, if that takes too long. */
export async function stopPostmaster(program: RunningProgram): Promise<void> {
  for (const [signal, seconds] of [
    ["SIGINT", 30],
    ["SIGQUIT", 10],
    ["SIGKILL", 10],
  ] as const) {
    if (!program.process.kill(signal)) {
      return;
    }
    const waiting = new AbortController();
    const late = sleep(seconds * 1000, false, { signal: waiting.signal }).catch(() => false);
    const ended = await Promise.race([program.ended.then(() => true), late]);
    waiting.abort();
    if (ended) {
      return;
    }
  }
}

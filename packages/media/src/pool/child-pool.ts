import { Tinypool } from "tinypool";

export interface ChildPoolOptions {
  /** The module whose exports the children run. */
  readonly filename: string;
  readonly workers: number;
  /** Resident memory of one child, JavaScript and native together, in MB. */
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
}

export type ChildOutcome =
  | { readonly ok: true; readonly value: unknown }
  /** `failed`: the task threw. `died`: the child crashed, was killed, or took too much memory. */
  | { readonly ok: false; readonly reason: "timeout" | "died" | "failed" | "closed" };

export interface ChildPool {
  /** Runs one export of the module. Never rejects; waits its turn when all children are busy. */
  run(task: string, input: unknown): Promise<ChildOutcome>;
  /** The running children's process ids. */
  pids(): readonly number[];
  /** Ends all children; what still runs or waits comes back as `closed`. */
  close(): Promise<void>;
}

/** A child is started when it is needed and ends after this much idleness. */
const IDLE_MS = 30_000;

/**
 * Children that run one task at a time, each under a time and a memory limit. A child that hangs is
 * killed, one that dies takes only its own task with it, and the next task gets a new one.
 *
 * Turns are kept here and not in tinypool's own queue: there a task whose child dies while starting
 * stays queued for ever, and its time limit would also count the wait.
 */
export function createChildPool(options: ChildPoolOptions): ChildPool {
  const pool = new Tinypool({
    filename: options.filename,
    runtime: "child_process",
    serialization: "advanced",
    minThreads: 0,
    maxThreads: options.workers,
    idleTimeout: IDLE_MS,
    env: childEnvironment(options.memoryMb),
    execArgv: ["--expose-gc", "--max-old-space-size=256"],
  });
  // A child that dies between two tasks belongs to nobody; unheard, this event would end the server.
  pool.on("error", () => {});

  let free = options.workers;
  let closed = false;
  const waiting: (() => void)[] = [];

  const takeTurn = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const endTurn = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };

  const runNow = async (task: string, input: unknown): Promise<ChildOutcome> => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), options.timeoutSeconds * 1000);
    try {
      return { ok: true, value: await pool.run(input, { name: task, signal: limit.signal }) };
    } catch (error) {
      if (closed) return { ok: false, reason: "closed" };
      if (limit.signal.aborted) return { ok: false, reason: "timeout" };
      return { ok: false, reason: isChildDeath(error) ? "died" : "failed" };
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    async run(task, input) {
      await takeTurn();
      try {
        return closed ? { ok: false, reason: "closed" } : await runNow(task, input);
      } finally {
        endTurn();
      }
    },
    pids: () => pool.threads.map((child) => child.threadId),
    async close() {
      if (closed) return;
      closed = true;
      await pool.destroy();
    },
  };
}

/** Errors of a task come back as plain objects; those of tinypool's own channel are Errors. */
function isChildDeath(error: unknown): boolean {
  return error instanceof Error;
}

/** Only what a process needs to start: keys and connection strings stay with the server. */
function childEnvironment(memoryMb: number): Record<string, string> {
  const kept = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TMPDIR", "TEMP"];
  const env: Record<string, string> = {
    SECONDLOOK_CHILD_MEMORY_MB: String(memoryMb),
    // glibc keeps freed picture memory in an arena per thread; one arena gives it back.
    MALLOC_ARENA_MAX: "1",
    UV_THREADPOOL_SIZE: "2",
  };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

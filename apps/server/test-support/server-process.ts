import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const CHECKOUT = fileURLToPath(new URL("../../../", import.meta.url));
const SERVE = fileURLToPath(new URL("serve-for-test.ts", import.meta.url));
const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const START_LINE = /Secondlook answers on (http:\S+)/;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** All that was said on standard error. */
  readonly output: string;
  readonly stdout: string;
}

/** A started process whose words are kept. It is killed when the test is over. */
export interface Watched {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  output(): string;
  /** Resolves once this was said; rejects where the process ends before. */
  said(what: RegExp): Promise<RegExpExecArray>;
}

export interface ServerProcess extends Watched {
  readonly url: string;
  /** Signals the process and waits until it has ended. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

export type Environment = Readonly<Record<string, string>>;

/** A temporary folder with the small console that the tests serve. Both go with the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "secondlook-server-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  await mkdir(join(folder, "console/assets"), { recursive: true });
  await writeFile(
    join(folder, "console/index.html"),
    '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><title>Secondlook</title>',
  );
  await writeFile(join(folder, "console/assets/main.js"), "export {};\n".repeat(300));
  return folder;
}

/** The settings of a server whose data lie in the folder: any free port, no demo cases. */
export function settings(folder: string, more: Environment = {}): Record<string, string> {
  return {
    SECONDLOOK_DATA_DIR: join(folder, "data"),
    SECONDLOOK_DEMO_CASES: "0",
    SECONDLOOK_LOG_LEVEL: "warn",
    PORT: "0",
    ...more,
  };
}

/** Starts the server as its own process and waits until it answers. */
export async function startServer(
  folder: string,
  more: Environment = {},
  options: SpawnOptions = {},
): Promise<ServerProcess> {
  const watched = startProcess(folder, more, options);
  return answering(watched);
}

/** The same, without waiting; for starts that fail or are stopped. */
export function startProcess(
  folder: string,
  more: Environment = {},
  options: SpawnOptions = {},
): Watched {
  const command = [process.execPath, SERVE, join(folder, "console")];
  return watch(command, settings(folder, more), options);
}

/** `secondlook …` as its own process, with the settings of the server beside it. */
export function secondlook(
  args: readonly string[],
  folder: string,
  more: Environment = {},
): Promise<Ended> {
  return watch([process.execPath, CLI, ...args], settings(folder, more)).ended;
}

/** Waits for the line that tells where the server answers. */
export async function answering(watched: Watched): Promise<ServerProcess> {
  const [, url = ""] = await watched.said(START_LINE);
  return {
    ...watched,
    url,
    stop: (signal = "SIGTERM") => {
      watched.process.kill(signal);
      return watched.ended;
    },
  };
}

/** Runs a command with nothing of the test's own settings in its environment. */
export function watch(
  [program = "", ...args]: readonly string[],
  environment: Environment,
  options: SpawnOptions = {},
): Watched {
  const { PATH = "", HOME = "", TMPDIR = "" } = process.env;
  const child = spawn(program, args, {
    cwd: CHECKOUT,
    stdio: ["ignore", "pipe", "pipe"],
    ...options,
    env: {
      PATH,
      HOME,
      ...(TMPDIR === "" ? {} : { TMPDIR }),
      ...environment,
    },
  });
  let output = "";
  let stdout = "";
  const listeners = new Set<() => void>();
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    for (const listener of listeners) listener();
  });
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, output, stdout }));
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await ended;
    }
  });
  return {
    process: child,
    ended,
    output: () => output,
    said: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = what.exec(output);
          if (found === null) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then(({ code }) =>
          reject(new Error(`ended with ${code} before it said ${what}: ${output}`)),
        );
      }),
  };
}

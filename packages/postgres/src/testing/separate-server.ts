import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import type { EmbeddedConnection } from "../embedded.ts";

const script = `
  import { startEmbeddedPostgres } from ${JSON.stringify(new URL("../embedded.ts", import.meta.url))};
  process.on("SIGINT", () => undefined);
  try {
    const server = await startEmbeddedPostgres({ dataDir: process.argv[1] });
    process.stdout.write(server.connection.host + "\\n");
    process.stdin.resume().on("end", () => server.stop());
  } catch (error) {
    process.stdout.write([error.code, error.message].join("\\t") + "\\n");
  }
`;

const superuser = { port: 5432, user: "postgres", database: "postgres", ssl: false } as const;

export interface SeparateServer {
  /** What came of the start: a connection, the error's code and message, or nothing if it died. */
  readonly outcome: { connection?: EmbeddedConnection; code?: string; message?: string };
  readonly process: ChildProcess;
  /** Lets it stop Postgres and end. */
  finish(): Promise<void>;
}

/** Starts Postgres from a Node process of its own, which a test may kill or run as another user. */
export async function startSeparately(
  dataDir: string,
  options: {
    uid?: number;
    gid?: number;
    env?: Record<string, string>;
    onSpawn?: (child: ChildProcess) => void;
  } = {},
): Promise<SeparateServer> {
  const child = spawn(
    process.execPath,
    ["--input-type=module-typescript", "--eval", script, dataDir],
    {
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      env: { ...process.env, NODE_OPTIONS: "", ...options.env },
      detached: true,
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  options.onSpawn?.(child);
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: line = "" } = await lines.next();
  const finish = async (): Promise<void> => {
    child.stdin.end();
    await exited;
  };
  return { outcome: outcomeOf(line), process: child, finish };
}

function outcomeOf(line: string): SeparateServer["outcome"] {
  const [hostOrCode = "", message] = line.split("\t");
  if (hostOrCode === "") {
    return {};
  }
  return message === undefined
    ? { connection: { ...superuser, host: hostOrCode } }
    : { code: hostOrCode, message };
}

/** The shell that would stop Postgres after its server. */
export function guardOf(server: SeparateServer): number {
  const { pid } = server.process;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  const guard = children.find((child) =>
    readFileSync(`/proc/${child}/cmdline`, "utf8").startsWith("/bin/sh"),
  );
  return Number(guard);
}

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../../../", import.meta.url));
const START_LINE = /Secondlook answers on (http:\S+)/;

/** The product as an operator starts it, on a port and data folder of its own. */
export interface Product {
  readonly url: string;
  readonly dataDir: string;
  /** The demo's ingest key. */
  readonly ingestKey: string;
  /** Runs `secondlook …` against this server. */
  run(args: readonly string[]): Promise<{ code: number; output: string }>;
  stop(): Promise<void>;
}

/** Starts the product; `demoCases` says how many of the demo's cases it loads (none by default). */
export async function startProduct(
  options: { readonly demoCases?: number } = {},
): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), "secondlook-e2e-"));
  const port = await freePort();
  const environment = {
    ...process.env,
    PORT: String(port),
    SECONDLOOK_DATA_DIR: dataDir,
    SECONDLOOK_DEMO_CASES: String(options.demoCases ?? 0),
    SECONDLOOK_LOG_LEVEL: "warn",
  };
  const server = spawn(process.execPath, ["apps/server/src/cli.ts", "start"], {
    cwd: REPOSITORY,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await answering(server);
  const ingestKey = (await readFile(join(dataDir, "ingest-key"), "utf8")).trim();
  return {
    url,
    dataDir,
    ingestKey,
    run: (args) => command(args, environment),
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      if (server.exitCode === null) {
        server.kill("SIGTERM");
        await ended;
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function answering(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (chunk: Buffer): void => {
      said += chunk.toString("utf8");
      const url = START_LINE.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.once("exit", (code) =>
      reject(new Error(`The server ended with ${code} before it answered:\n${said}`)),
    );
  });
}

function command(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["apps/server/src/cli.ts", ...args], {
      cwd: REPOSITORY,
      env: environment,
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    child.once("error", reject);
    child.once("exit", (code) => resolve({ code: code ?? 1, output }));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

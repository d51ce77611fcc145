import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Mock mode as a developer starts it, on a port of its own. */
export interface MockServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts it; makes its data first where that is missing, which takes a minute or more. */
export async function startMockServer(): Promise<MockServer> {
  const port = await freePort();
  const server = spawn(
    "vite",
    ["apps/console", "--config", "apps/console/vite.mock.config.ts", "--logLevel", "info"],
    {
      cwd: REPOSITORY,
      env: { ...process.env, PORT: String(port), NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const url = `http://127.0.0.1:${port}`;
  await new Promise<void>((resolve, reject) => {
    let said = "";
    const listen = (chunk: Buffer): void => {
      said += chunk.toString("utf8");
      if (said.includes(url)) resolve();
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.once("error", reject);
    server.once("exit", (code) =>
      reject(new Error(`Mock mode ended with ${code} before it answered:\n${said}`)),
    );
  });
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
    },
  };
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

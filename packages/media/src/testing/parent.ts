import { fileURLToPath } from "node:url";
import { createChildPool } from "../pool/child-pool.ts";

// A server to be killed in a test: one child hangs, one is idle; it prints their ids.
const pool = createChildPool({
  filename: fileURLToPath(new URL("misbehaving.ts", import.meta.url)),
  workers: 2,
  memoryMb: 400,
  timeoutSeconds: 600,
});
void pool.run("hang", {});
await pool.run("echo", { bytes: Uint8Array.of(1) });
process.stdout.write(`${JSON.stringify(pool.pids())}\n`);
setInterval(() => {}, 1000);

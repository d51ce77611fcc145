import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { z } from "zod";

/** Whether a process runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it("children end with a server that is killed, idle ones and those stuck in a loop", async () => {
  const script = fileURLToPath(new URL("../testing/parent.ts", import.meta.url));
  const server = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(server.stdout, "data");
  const pids = z
    .array(z.number())
    .length(2)
    .parse(JSON.parse(String(line)));
  expect(pids.map(isAlive)).toEqual([true, true]);
  server.kill("SIGKILL");
  await expect.poll(() => pids.map(isAlive), { timeout: 10_000 }).toEqual([false, false]);
});

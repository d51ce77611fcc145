import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { type Command, runTogether } from "./run-together.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondlook-together-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A server that says it is up with one file and, asked to end, that it drained with another. */
function server(name: string): Command {
  const up = JSON.stringify(join(folder, `${name}.up`));
  const drained = JSON.stringify(join(folder, `${name}.drained`));
  const code = `
    const { writeFileSync } = require("node:fs");
    process.on("SIGTERM", () => setTimeout(() => { writeFileSync(${drained}, ""); process.exit(7); }, 20));
    setInterval(() => {}, 1000);
    writeFileSync(${up}, "");`;
  return ["node", "-e", code];
}

async function untilThere(name: string): Promise<void> {
  await expect.poll(() => existsSync(join(folder, name)), { timeout: 10_000 }).toBe(true);
}

describe("commands that run together", () => {
  test("all drain when stopped, and that is a success", async () => {
    const stop = new AbortController();
    const running = runTogether([server("a"), server("b")], stop.signal);
    await Promise.all([untilThere("a.up"), untilThere("b.up")]);
    stop.abort();
    expect(await running).toBe(0);
    expect(existsSync(join(folder, "a.drained"))).toBe(true);
    expect(existsSync(join(folder, "b.drained"))).toBe(true);
  });

  test("when one ends the others end, and its exit code counts", async () => {
    const up = JSON.stringify(join(folder, "a.up"));
    const waits = `const { existsSync } = require("node:fs"); setInterval(() => { if (existsSync(${up})) process.exit(3); }, 5);`;
    const running = runTogether([server("a"), ["node", "-e", waits]], new AbortController().signal);
    expect(await running).toBe(3);
    expect(existsSync(join(folder, "a.drained"))).toBe(true);
  });

  test("a command that can't start ends the others", async () => {
    const running = runTogether([server("a"), ["no-such-command"]], new AbortController().signal);
    expect(await running).toBe(1);
  });
});

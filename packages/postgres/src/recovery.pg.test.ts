import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { startEmbeddedPostgres } from "./embedded.ts";
import { guardOf, startSeparately, type SeparateServer } from "./testing/separate-server.ts";

let folder = "";
let others: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondlook-recovery-"));
  others = [];
});

afterEach(async () => {
  for (const other of others) other.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

async function startWithData(): Promise<SeparateServer> {
  const server = await startSeparately(folder);
  others.push(server.process);
  await query(server, "create table kept as select 42 as answer");
  return server;
}

async function query(server: SeparateServer, sql: string): Promise<void> {
  const client = new pg.Client({ ...server.outcome.connection });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(folder, "postgres/postmaster.pid"), "utf8")).split("\n")[0]);
}

/** Whether it still runs; a dead process that nobody has collected yet does not. */
function isRunning(pid: number): boolean {
  return spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout.includes(
    "postgres -D",
  );
}

/** Command lines of running programs that name the folder. */
function commandsOf(path: string): string {
  const { stdout } = spawnSync("ps", ["-ww", "-A", "-o", "args="], { encoding: "utf8" });
  return stdout
    .split("\n")
    .filter((line) => line.includes(path))
    .join("\n");
}

function gone(pid: number): Promise<void> {
  return vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000 });
}

async function killServer(server: SeparateServer): Promise<void> {
  const exited = once(server.process, "exit");
  server.process.kill("SIGKILL");
  await exited;
}

async function expectDataAfterStart(): Promise<readonly string[]> {
  const log: string[] = [];
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    durable: false,
    log: (line) => log.push(line),
  });
  const client = new pg.Client({ ...server.connection });
  await client.connect();
  const { rows } = await client.query("select answer from kept");
  await client.end();
  await server.stop();
  expect(rows).toEqual([{ answer: 42 }]);
  return log;
}

test("Ctrl-C in the server's terminal does not reach Postgres", async () => {
  const server = await startWithData();
  process.kill(-Number(server.process.pid), "SIGINT");
  await query(server, "select pg_sleep(0.1)");
  expect(isRunning(await postmasterPid())).toBe(true);
  await server.finish();
  await expectDataAfterStart();
});

test("a killed server takes Postgres along, cleanly", async () => {
  const server = await startWithData();
  const postmaster = await postmasterPid();
  await killServer(server);
  await gone(postmaster);
  const log = await expectDataAfterStart();
  expect(log.join("\n")).not.toContain("not properly shut down");
});

test("a server killed while it makes the database leaves nothing running and nothing in the way", async () => {
  const starting = startSeparately(folder, {
    onSpawn: (child) => {
      others.push(child);
    },
  });
  const unfinished = join(folder, "postgres.unfinished");
  await vi.waitFor(() => access(join(unfinished, "base")), { timeout: 20_000, interval: 5 });
  others[0]?.kill("SIGKILL");
  expect((await starting).outcome.connection).toBeUndefined();
  await vi.waitFor(() => expect(commandsOf(unfinished)).toBe(""), { timeout: 20_000 });

  const server = await startEmbeddedPostgres({ dataDir: folder, durable: false });
  await server.stop();
  await expect(access(unfinished)).rejects.toThrow(/ENOENT/);
});

test("a start directly after the server was killed waits for the former Postgres", async () => {
  const server = await startWithData();
  await killServer(server);
  await expectDataAfterStart();
});

test("a start stops a Postgres that was left running", async () => {
  const server = await startWithData();
  const postmaster = await postmasterPid();
  process.kill(guardOf(server), "SIGKILL");
  await killServer(server);
  expect(isRunning(postmaster)).toBe(true);
  const log = await expectDataAfterStart();
  expect(isRunning(postmaster)).toBe(false);
  expect(log[0]).toContain(`stopping the Postgres (process ${postmaster})`);
});

test("a start recovers after server and Postgres were killed together", async () => {
  const server = await startWithData();
  process.kill(await postmasterPid(), "SIGKILL");
  await killServer(server);
  const log = await expectDataAfterStart();
  expect(log.join("\n")).toContain("not properly shut down");
});

test("a left-over process number that belongs to another program harms neither", async () => {
  const server = await startWithData();
  const postmaster = await postmasterPid();
  process.kill(postmaster, "SIGKILL");
  await killServer(server);
  await gone(postmaster);
  const innocent = spawn("sleep", ["600"]);
  others.push(innocent);
  for (const name of ["postgres/postmaster.pid", "postgres-socket/.s.PGSQL.5432.lock"]) {
    const file = join(folder, name);
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, [String(innocent.pid), ...lines.slice(1)].join("\n"));
  }
  await expectDataAfterStart();
  expect(innocent.exitCode).toBeNull();
  expect(innocent.signalCode).toBeNull();
});

test("nor does one that belongs to the Postgres of another folder", async () => {
  const server = await startWithData();
  await server.finish();
  const elsewhere = await mkdtemp(join(tmpdir(), "secondlook-recovery-"));
  const other = await startEmbeddedPostgres({ dataDir: elsewhere, durable: false });
  const file = await readFile(join(elsewhere, "postgres/postmaster.pid"), "utf8");
  await writeFile(join(folder, "postgres/postmaster.pid"), file);
  await expectDataAfterStart();
  const client = new pg.Client({ ...other.connection });
  await client.connect();
  await client.end();
  await other.stop();
  await rm(elsewhere, { recursive: true });
});

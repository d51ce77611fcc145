import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { chooseAccount } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import {
  startEmbeddedPostgres,
  type EmbeddedConnection,
  type EmbeddedPostgres,
} from "./embedded.ts";
import { startSeparately } from "./testing/separate-server.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondlook-embedded-"));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function start(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, durable: false });
}

async function ask(connection: EmbeddedConnection, sql: string): Promise<unknown> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  try {
    return (await client.query<{ answer: unknown }>(sql)).rows[0]?.answer;
  } finally {
    await client.end();
  }
}

describe("a first start", () => {
  test("makes a UTF-8 cluster with checksums that only its socket's folder leads to", async () => {
    const server = await startEmbeddedPostgres({ dataDir: join(folder, "a/b") });
    const { connection } = server;
    expect(server.version).toMatch(/^18\./);
    expect(await ask(connection, "select current_setting('server_encoding') as answer")).toBe(
      "UTF8",
    );
    expect(await ask(connection, "select current_setting('data_checksums') as answer")).toBe("on");
    expect(await ask(connection, "select current_setting('listen_addresses') as answer")).toBe("");
    for (const setting of ["fsync", "synchronous_commit", "full_page_writes"]) {
      expect(await ask(connection, `select current_setting('${setting}') as answer`)).toBe("on");
    }
    expect((await stat(connection.host)).mode & 0o777).toBe(0o700);
    await server.stop();
  });

  test("does not depend on the system's locale, yet knows letters beyond ASCII", async () => {
    const server = await start(folder);
    expect(await ask(server.connection, "select lower('ÄÖÉ') as answer")).toBe("äöé");
    await server.stop();
  });

  test("works below a folder that others can't enter", async () => {
    const home = join(folder, "home");
    await mkdir(home, { mode: 0o700 });
    const server = await start(join(home, "project/.data"));
    expect(await ask(server.connection, "select 1 as answer")).toBe(1);
    await server.stop();
  });

  test("works in folders with long and odd names", async () => {
    const names = [`it's a, "home" \\ 100%`, "a long name for a folder ".repeat(8)];
    for (const name of names) {
      const server = await start(join(folder, name));
      expect(await ask(server.connection, "select 1 as answer")).toBe(1);
      await server.stop();
      const again = await start(join(folder, name));
      expect(again.connection).toEqual(server.connection);
      await again.stop();
      await rm(server.connection.host, { recursive: true });
    }
  });
});

test("a second start keeps all data", async () => {
  const first = await start(folder);
  await ask(first.connection, "create table kept as select 42 as answer");
  await first.stop();
  const second = await start(folder);
  expect(await ask(second.connection, "select answer from kept")).toBe(42);
  await second.stop();
});

test("stopping ends open sessions, and Postgres is gone afterwards", async () => {
  const server = await start(folder);
  const client = new pg.Client({ ...server.connection });
  const lost = new Promise((resolve) => {
    client.on("error", resolve);
  });
  await client.connect();
  await server.stop();
  await lost;
  await server.stop();
  await expect(stat(join(folder, "postgres/postmaster.pid"))).rejects.toThrow(/ENOENT/);
});

describe("one sentence that says what to do", () => {
  test("where another server of this or another process has the folder", async () => {
    const server = await start(folder);
    await expect(start(folder)).rejects.toMatchObject({ code: "already_in_use" });
    const other = await startSeparately(folder);
    expect(other.outcome).toMatchObject({
      code: "already_in_use",
      message: expect.stringContaining("stop it first") as unknown,
    });
    expect(await ask(server.connection, "select 1 as answer")).toBe(1);
    await other.finish();
    await server.stop();
  });

  test("where the installation has no Postgres for this machine", () => {
    expect(() => findBinaries("plan9-mips")).toThrow(/no embedded Postgres for plan9-mips.*run/);
  });

  test("where another version of Postgres made the database", async () => {
    await mkdir(join(folder, "postgres"));
    await writeFile(join(folder, "postgres/PG_VERSION"), "15\n");
    await expect(start(folder)).rejects.toMatchObject({
      code: "other_version",
      message: expect.stringContaining("made by Postgres 15") as unknown,
    });
  });

  test("where the folder can't be made", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(start(join(folder, "file"))).rejects.toMatchObject({
      code: "data_folder_not_writable",
    });
    await expect(start(join(folder, "file/below"))).rejects.toMatchObject({
      code: "data_folder_not_writable",
    });
  });

  test("where something else is in the place of the database, which stays untouched", async () => {
    await mkdir(join(folder, "postgres"));
    await writeFile(join(folder, "postgres/diary.txt"), "mine");
    await expect(start(folder)).rejects.toThrow(/move it elsewhere/);
    expect(await readFile(join(folder, "postgres/diary.txt"), "utf8")).toBe("mine");
  });

  test("where Postgres refuses its files, with its reason, and the folder is free again", async () => {
    await (await start(folder)).stop();
    await writeFile(join(folder, "postgres/postgresql.auto.conf"), "max_connections = many\n");
    await expect(start(folder)).rejects.toMatchObject({
      code: "failed_to_start",
      message: expect.stringContaining("FATAL") as unknown,
    });
    await writeFile(join(folder, "postgres/postgresql.auto.conf"), "");
    await (await start(folder)).stop();
  });
});

const nobody = { uid: 65_534, gid: 65_534 };
const asRoot = process.getuid?.() === 0;

/** An ordinary user can only be tried where it can read this checkout. */
const ordinaryUserToo =
  asRoot && spawnSync("test", ["-r", import.meta.filename], nobody).status === 0;

describe.runIf(ordinaryUserToo)("as an ordinary user", () => {
  test("it starts in a folder of that user's own", async () => {
    const dataDir = join(folder, "data");
    spawnSync("chown", ["65534:65534", folder]);
    const server = await startSeparately(dataDir, nobody);
    expect(server.outcome.connection).toBeDefined();
    await server.finish();
    expect((await stat(join(dataDir, "postgres/PG_VERSION"))).uid).toBe(nobody.uid);
  });

  test("a folder that the user can't write, or another user's database, gets a sentence", async () => {
    const closed = await startSeparately(join(folder, "data"), nobody);
    expect(closed.outcome).toMatchObject({ code: "data_folder_not_writable" });
    await closed.finish();

    await (await start(folder)).stop();
    spawnSync("chmod", ["0777", folder]);
    const foreign = await startSeparately(folder, nobody);
    expect(foreign.outcome).toMatchObject({ code: "wrong_owner" });
    await foreign.finish();
  });

  test("root takes over that user's database as that user, and gives it back", async () => {
    spawnSync("chown", ["65534:65534", folder]);
    await (await startSeparately(folder, nobody)).finish();
    const server = await start(folder);
    expect(await ask(server.connection, "select 1 as answer")).toBe(1);
    await server.stop();
    const back = await startSeparately(folder, nobody);
    expect(back.outcome.connection).toBeDefined();
    await back.finish();
  });
});

/** A PATH on which the given programs fail, as they do where the system forbids what they ask. */
async function pathWithout(...forbidden: readonly string[]): Promise<string> {
  const programs = await mkdtemp(join(folder, "programs-"));
  for (const name of forbidden) {
    await writeFile(join(programs, name), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  }
  return `${programs}:${process.env["PATH"]}`;
}

describe.runIf(asRoot)("as root where the whole installation is closed to others", () => {
  test.for([
    { means: "a user namespace", forbidden: [] },
    { means: "another user's id", forbidden: ["unshare"] },
  ])("a cluster is made by $means", async ({ forbidden }) => {
    const home = join(folder, "home");
    await mkdir(home, { mode: 0o700 });
    const native = dirname(dirname(findBinaries().postgres));
    await cp(native, join(home, "native"), { recursive: true, verbatimSymlinks: true });
    const binaries = {
      initdb: join(home, "native/bin/initdb"),
      postgres: join(home, "native/bin/postgres"),
    };
    vi.stubEnv("PATH", await pathWithout(...forbidden));
    const clusterDir = join(home, "postgres");
    const account = await chooseAccount(binaries, home, clusterDir);
    await ensureCluster(binaries, account, clusterDir, { durable: false, log: () => undefined });
    expect(await readFile(join(clusterDir, "PG_VERSION"), "utf8")).toBe("18\n");
  });
});

describe.runIf(asRoot)("as root where user namespaces are forbidden", () => {
  test("it runs as another user, even below a folder that others can't enter", async () => {
    await mkdir(join(folder, "home"), { mode: 0o700 });
    const dataDir = join(folder, "home/data");
    const env = { PATH: await pathWithout("unshare") };
    const server = await startSeparately(dataDir, { env });
    expect(server.outcome.connection).toBeDefined();
    await server.finish();
    expect((await stat(join(dataDir, "postgres"))).uid).toBe(nobody.uid);
    // The same folder where namespaces are allowed.
    await (await start(dataDir)).stop();

    const ofRoot = join(folder, "home/of-root");
    await (await start(ofRoot)).stop();
    const refused = await startSeparately(ofRoot, { env });
    expect(refused.outcome).toMatchObject({ code: "no_account_to_run_as" });
    await refused.finish();

    const stuck = { PATH: await pathWithout("unshare", "setpriv") };
    const impossible = await startSeparately(join(folder, "new"), { env: stuck });
    expect(impossible.outcome).toMatchObject({ code: "no_account_to_run_as" });
    await impossible.finish();
  });
});

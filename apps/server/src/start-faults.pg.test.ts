import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { startEmbeddedPostgres } from "@secondlook/postgres/embedded";
import { expect, test, vi } from "vitest";
import { verifyLog } from "../test-support/log.ts";
import { giveTo, ordinaryUser, ordinaryUserCanRun } from "../test-support/ordinary-user.ts";
import { processesOf } from "../test-support/processes.ts";
import {
  type Environment,
  makeFolder,
  startProcess,
  startServer,
} from "../test-support/server-process.ts";
import { withClient } from "./database/with-client.ts";

vi.setConfig({ testTimeout: 180_000 });

/** Starts, and expects one sentence on standard error, exit code 1 and nothing left running. */
async function expectFault(
  folder: string,
  sentence: RegExp,
  more: Environment = {},
  as: { readonly uid?: number; readonly gid?: number } = {},
): Promise<void> {
  const { code, output, stdout } = await startProcess(folder, more, as).ended;
  expect(output).toMatch(sentence);
  expect(output.trimEnd().split("\n"), "one line").toHaveLength(1);
  expect(output).not.toMatch(/\n\s+at /);
  expect(stdout).toBe("");
  expect(code).toBe(1);
  await expect.poll(() => processesOf(`${folder}/data`), { timeout: 20_000 }).toEqual([]);
}

test("a wrong setting", async () => {
  const folder = await makeFolder();
  await expectFault(folder, /^PORT is not a port number; change it .*start again\.\n$/, {
    PORT: "http",
  });
  await expectFault(folder, /^Demo mode lets anybody sign in, .*SECONDLOOK_DEMO=0/, {
    HOST: "0.0.0.0",
  });
});

test("an address that can't be had", async () => {
  const folder = await makeFolder();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expectFault(
    folder,
    new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use; .*PORT\\.\n$`),
    {
      PORT: String(port),
    },
  );
  taken.close();
  await expectFault(folder, /^192\.0\.2\.1 is not an address of this machine; .*HOST.*\.\n$/, {
    HOST: "192.0.2.1",
    SECONDLOOK_DEMO: "0",
  });
});

test("a data folder that can't be used", async () => {
  const folder = await makeFolder();
  await writeFile(`${folder}/data`, "a file");
  await expectFault(
    folder,
    /^The data folder \/.*\/data can't be used \(EEXIST at \/.*\): make it .*\.\n$/,
  );
  await rm(`${folder}/data`);
  await mkdir(`${folder}/data/postgres`, { recursive: true, mode: 0o700 });
  await writeFile(`${folder}/data/postgres/PG_VERSION`, "14\n");
  await expectFault(folder, /14.*18.*\.\n$/);
  await rm(`${folder}/data/postgres`, { recursive: true });
  await writeFile(`${folder}/data/objects`, "a file");
  await expectFault(folder, /^The data folder \/.*\/data can't be used \(E.*\.\n$/);
});

test.skipIf(!ordinaryUserCanRun())("what an ordinary user may not do", async () => {
  const folder = await makeFolder();
  await chmod(folder, 0o755);
  await mkdir(`${folder}/data`, { mode: 0o755 });
  if (ordinaryUser.uid === undefined) await chmod(`${folder}/data`, 0o500);
  await expectFault(
    folder,
    /^The data folder \/.*\/data can't be used \(EACCES at .*\): make it .*SECONDLOOK_DATA_DIR\.\n$/,
    {},
    ordinaryUser,
  );
  await chmod(`${folder}/data`, 0o700);
  await giveTo(`${folder}/data`);
  if (ordinaryUser.uid !== undefined) {
    await expectFault(
      folder,
      /^The data folder .* belongs to another user \(id 65534\); start as .*\.\n$/,
    );
  }
  const first = await readFile("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8").catch(
    () => "1024",
  );
  if (Number(first) > 80) {
    const sentence = /^Port 80 may not be used by this user; choose one above 1023 with PORT\.\n$/;
    await expectFault(folder, sentence, { PORT: "80" }, ordinaryUser);
  }
});

test("a key file that is not one", async () => {
  const folder = await makeFolder();
  await mkdir(`${folder}/data`);
  await writeFile(`${folder}/data/root-key`, Buffer.alloc(32, 1), { mode: 0o644 });
  await expectFault(folder, /root-key can be read or changed by others .*chmod 600.*\.\n$/);
  await writeFile(`${folder}/data/root-key`, Buffer.alloc(31, 1));
  await chmod(`${folder}/data/root-key`, 0o600);
  await expectFault(folder, /root-key has 31 bytes and must have 32; restore it.*\.\n$/);
});

test("keys, names and heads that are not those of the database", async () => {
  const folder = await makeFolder();
  const data = `${folder}/data`;
  await (await startServer(folder)).stop();
  const set = async (name: string, change: () => Promise<void>, fault: RegExp): Promise<void> => {
    await rename(`${data}/${name}`, `${data}/${name}.kept`);
    await change();
    await expectFault(folder, fault);
    // A key that the first of these starts made must not pass for the right one at the next.
    await expectFault(folder, fault);
    await rename(`${data}/${name}.kept`, `${data}/${name}`);
  };
  const nothing = async (): Promise<void> => undefined;

  const rootKey =
    /^The database was made with another root key than the one in .*\/root-key; put .*\.\n$/;
  await set("root-key", nothing, rootKey);
  const other = async (name: string): Promise<void> =>
    writeFile(`${data}/${name}`, Buffer.alloc(32, 7), { mode: 0o600 });
  await set("root-key", () => other("root-key"), rootKey);

  const logKey =
    /^The log in this database was signed with another key than the one in .*\/log-key; put .*\.\n$/;
  await set("log-key", nothing, logKey);
  await set("log-key", () => other("log-key"), logKey);
  await expectFault(
    folder,
    /^The log in this database is named secondlook\.local\/review and not other\.example\/log; start with SECONDLOOK_LOG_ORIGIN=secondlook\.local\/review\.\n$/,
    { SECONDLOOK_LOG_ORIGIN: "other.example/log" },
  );

  await set(
    "checkpoint",
    () => writeFile(`${data}/checkpoint`, "not a note"),
    /^The signed head in .*\/checkpoint can't be read; put back .*\.\n$/,
  );

  await inDatabase(data, "insert into public.secondlook_migration (name) values ('9999_later')");
  await expectFault(folder, /^The database was migrated by a later version .*9999_later.*\.\n$/);
  await inDatabase(data, "delete from public.secondlook_migration where name = '9999_later'");

  // Nothing of all this has harmed it.
  expect(await (await startServer(folder)).stop()).toMatchObject({ code: 0 });
  expect(await verifyLog(folder)).toMatchObject({ code: 0 });
});

test("a database that is older than the head that was signed", async () => {
  const folder = await makeFolder();
  const data = `${folder}/data`;
  await (await startServer(folder)).stop();
  await rename(`${data}/postgres`, `${data}/postgres.kept`);
  // An empty database beside the old head, with the same keys.
  await expectFault(folder, /^The database lacks events that the log's newest signed head .*\.\n$/);
});

test("a fault that nobody foresaw is a sentence with its detail, and code 1", async () => {
  const folder = await makeFolder();
  await rm(`${folder}/console/index.html`);
  const { code, output } = await startProcess(folder).ended;
  const [sentence, ...detail] = output.trimEnd().split("\n");
  expect(sentence).toMatch(/^Something went wrong .*no index\.html.*; start again, and report it/);
  expect(detail.every((line) => line.startsWith("  at "))).toBe(true);
  expect(code).toBe(1);
  await expect.poll(() => processesOf(`${folder}/data`), { timeout: 20_000 }).toEqual([]);
});

async function inDatabase(dataDir: string, statement: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    await withClient({ ...postgres.connection, database: "secondlook" }, (client) =>
      client.query(statement),
    );
  } finally {
    await postgres.stop();
  }
}

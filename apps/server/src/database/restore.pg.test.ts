import { execFile } from "node:child_process";
import { access, chmod, cp, mkdir, rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { claimWork } from "@secondlook/testkit/api/judge";
import type pg from "pg";
import { expect, test, vi } from "vitest";
import { browserOf, demoKey, sendCase, signIn } from "../../test-support/client.ts";
import { eventsOf, verifyLog } from "../../test-support/log.ts";
import { OWNER_PASSWORD, type OwnPostgres, postgres15 } from "../../test-support/own-postgres.ts";
import {
  type Ended,
  type Environment,
  makeFolder,
  secondlook,
  startProcess,
  startServer,
} from "../../test-support/server-process.ts";

vi.setConfig({ testTimeout: 300_000 });

const BIN = "/usr/lib/postgresql/15/bin";
const run = promisify(execFile);
const has15 = await access(`${BIN}/pg_restore`).then(
  () => true,
  () => false,
);

/** Claims the case and reads a picture of it: evidence opens, and is one that was sent. */
async function expectEvidence(url: string): Promise<void> {
  const cookie = await signIn(url, "reviewer-1");
  const work = await claimWork(browserOf(url, cookie));
  const [photo] = work.probe.evidence;
  const address = `${url}/media/${photo?.evidenceId}/face?case=${work.caseId}&fence=${work.fence}`;
  const response = await fetch(address, { headers: { cookie } });
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "accept-ranges": "none",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": "image/jpeg",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)], "a JPEG").toEqual([0xff, 0xd8, 0xff]);
}

test("an older copy of the database is refused until the log is filled in from an export", async () => {
  const folder = await makeFolder();
  const data = `${folder}/data`;
  await (await startServer(folder)).stop();
  await cp(`${data}/postgres`, `${folder}/older`, { recursive: true, preserveTimestamps: true });
  const server = await startServer(folder);
  await signIn(server.url, "lead-1");
  await server.stop();
  const out = `${folder}/export`;
  expect(await secondlook(["audit", "export", "--out", out], folder)).toMatchObject({ code: 0 });
  // The export itself is the log's last event, under a head of its own.
  const kinds = (await eventsOf(folder)).map(({ kind }) => kind);
  await cp(`${out}/checkpoint`, `${data}/checkpoint`);
  await rm(`${data}/postgres`, { recursive: true });
  await cp(`${folder}/older`, `${data}/postgres`, { recursive: true });
  await chmod(`${data}/postgres`, 0o700);

  const refused = await startProcess(folder).ended;
  expect(refused).toMatchObject({
    code: 1,
    output: expect.stringMatching(/audit refill <export>/),
  });
  const refill = (from: string): Promise<Ended> => secondlook(["audit", "refill", from], folder);
  expect(await refill(folder)).toMatchObject({
    code: 1,
    output: `${folder} is no export of the log: it has no file “checkpoint”.\n`,
  });
  expect(await refill(out)).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^[1-9]\d* events of the log were filled in; start the server/),
  });
  expect(await (await startServer(folder)).stop()).toMatchObject({ code: 0 });
  expect(await verifyLog(folder)).toMatchObject({ code: 0 });
  expect((await eventsOf(folder)).map(({ kind }) => kind).slice(0, kinds.length)).toEqual(kinds);
});

/** The settings that libpq's programs take, so that no password stands on a command line. */
function libpq(connection: pg.ClientConfig, database: string): Environment {
  return {
    PGHOST: String(connection.host),
    PGPORT: String(connection.port),
    PGUSER: String(connection.user),
    PGPASSWORD: String(connection.password),
    PGDATABASE: database,
  };
}

async function need15(): Promise<OwnPostgres> {
  const found = await postgres15();
  if (found === undefined) throw new Error("Postgres 15 is gone");
  return found;
}

test("an embedded deployment comes back from a copy of its stopped folder", async () => {
  const folder = await makeFolder();
  const server = await startServer(folder);
  expect(await sendCase(server.url, await demoKey(folder), "ver_1")).toBe(201);
  await server.stop();
  await run("tar", ["-C", folder, "-cf", `${folder}/backup.tar`, "data"]);

  const restored = await makeFolder();
  await run("tar", ["-C", restored, "-xf", `${folder}/backup.tar`]);
  const again = await startServer(restored);
  await expectEvidence(again.url);
  await again.stop();
  expect(await verifyLog(restored)).toMatchObject({ code: 0 });

  // What a lost root key means: no start and no evidence, but the log can still be read and checked.
  await rm(`${restored}/data/root-key`);
  expect(await verifyLog(restored)).toMatchObject({ code: 0 });
  expect((await eventsOf(restored)).map(({ kind }) => kind)).toContain("media.read");
  const refused = await startProcess(restored).ended;
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("root-key") });
});

test.skipIf(!has15)(
  "one's own Postgres comes back from a dump that was taken while the server ran",
  async () => {
    const folder = await makeFolder();
    const former = await need15();
    const before = { DATABASE_URL: former.url() };
    const server = await startServer(folder, before);
    const key = await demoKey(folder);
    expect(await sendCase(server.url, key, "ver_1")).toBe(201);
    const dump = `${folder}/secondlook.dump`;
    const roles = `${folder}/roles.sql`;
    const superuser = { env: { ...process.env, ...libpq(former.superuser, "postgres") } };
    const owner = libpq(
      { ...former.superuser, user: "owner", password: OWNER_PASSWORD },
      "secondlook",
    );
    await run(`${BIN}/pg_dump`, ["--format=custom", `--file=${dump}`], {
      env: { ...process.env, ...owner },
    });
    const onlyRoles = ["--roles-only", "--no-role-passwords", `--file=${roles}`];
    await run(`${BIN}/pg_dumpall`, onlyRoles, superuser);
    // The database first, the objects after it; in between somebody sends another case.
    expect(await sendCase(server.url, key, "ver_2")).toBe(201);
    const restored = await makeFolder();
    await mkdir(`${restored}/data`, { mode: 0o700 });
    for (const name of ["objects", "root-key", "log-key"]) {
      await cp(`${folder}/data/${name}`, `${restored}/data/${name}`, { recursive: true });
    }
    await server.stop();

    const fresh = await need15();
    await fresh.sql("drop database secondlook");
    await fresh.sql("drop role owner");
    // One error is usual: the superuser is there already.
    await run(`${BIN}/psql`, ["--quiet", `--file=${roles}`], {
      env: { ...process.env, ...libpq(fresh.superuser, "postgres") },
    });
    await fresh.sql(`alter role owner password '${OWNER_PASSWORD}'`);
    await fresh.sql("create database secondlook owner owner");
    await run(`${BIN}/pg_restore`, ["--exit-on-error", "--dbname=secondlook", dump], {
      env: { ...process.env, ...owner, PGHOST: String(fresh.superuser.host) },
    });
    await fresh.sql("analyze", "secondlook");

    const after = { DATABASE_URL: fresh.url() };
    const again = await startServer(restored, after);
    await expectEvidence(again.url);
    // The demo's key is not among what is restored; another is made, and takes the lost case again.
    expect(await sendCase(again.url, await demoKey(restored), "ver_2")).toBe(201);
    await again.stop();
    expect(await verifyLog(restored, after)).toMatchObject({ code: 0 });
    const ingested = (await eventsOf(restored, after)).filter(({ kind }) => kind === "case.ingest");
    expect(new Set(ingested.map((event) => event.case)).size).toBe(2);
  },
);

test.skipIf(!has15)(
  "after the log key was lost, the same log goes on under another name",
  async () => {
    const folder = await makeFolder();
    const postgres = await need15();
    const environment = { DATABASE_URL: postgres.url() };
    await (await startServer(folder, environment)).stop();
    const out = `${folder}/kept`;
    await secondlook(["audit", "export", "--out", out], folder, environment);
    await writeFile(`${folder}/data/log-key`, Buffer.alloc(32, 9));

    const refused = await startProcess(folder, environment).ended;
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("log-key") });
    // What was exported before is still proven by its own key.
    expect(await secondlook(["audit", "verify", out], folder)).toMatchObject({ code: 0 });

    const renamed = { ...environment, SECONDLOOK_LOG_ORIGIN: "secondlook.local/review/2" };
    const rename = (more: Environment): Promise<Ended> =>
      secondlook(["audit", "rename"], folder, more);
    expect(await rename(environment)).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /^The log is named secondlook\.local\/review already; set .*\n$/,
      ),
    });
    const before = (await postgres.sql("select 1 from audit.position", "secondlook")).length;
    expect(await rename(renamed)).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^The log goes on as secondlook\.local\/review\/2; always start/,
      ),
    });
    const again = await startServer(folder, renamed);
    expect((await rename(renamed)).output).toBe(
      "A server works on this database; stop it and try again.\n",
    );
    await again.stop();
    expect(await verifyLog(folder, renamed)).toMatchObject({ code: 0 });
    const kinds = (await eventsOf(folder, renamed)).map(({ kind }) => kind);
    expect(kinds.slice(0, before).filter((kind) => kind === "people.add")).toHaveLength(12);
    expect(kinds).toContain("restore.declared");
    expect(kinds).toContain("key.rotate");
  },
);

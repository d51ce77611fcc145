import { access, cp, rm } from "node:fs/promises";
import { claimWork, judge } from "@secondlook/testkit/api/judge";
import { describe, expect, test, vi } from "vitest";
import { browserOf, demoKey, sendCase, signIn } from "../../test-support/client.ts";
import { eventsOf, verifyLog } from "../../test-support/log.ts";
import { type OwnPostgres, postgres15, postgres18 } from "../../test-support/own-postgres.ts";
import {
  type Environment,
  makeFolder,
  startProcess,
  startServer,
} from "../../test-support/server-process.ts";
import { stubPostgres } from "../../test-support/stub-postgres.ts";

vi.setConfig({ testTimeout: 240_000 });

const has15 = await access("/usr/lib/postgresql/15/bin/postgres").then(
  () => true,
  () => false,
);

async function need15(): Promise<OwnPostgres> {
  const found = await postgres15();
  if (found === undefined) throw new Error("Postgres 15 is gone");
  return found;
}

describe.each([
  ["Postgres 15, with passwords", has15, need15],
  ["the newest Postgres", true, postgres18],
] as const)("%s, as an owner who is no superuser", (_, installed, startPostgres) => {
  test.skipIf(!installed)(
    "everything starts, and requests never use the owner's log-in",
    async () => {
      const folder = await makeFolder();
      const postgres = await startPostgres();
      const environment = { DATABASE_URL: postgres.url() };
      const server = await startServer(folder, environment);
      expect(await sendCase(server.url, await demoKey(folder), "ver_1")).toBe(201);
      const browser = browserOf(server.url, await signIn(server.url, "reviewer-1"));
      expect((await claimWork(browser)).candidates).toHaveLength(1);
      const logins = await postgres.sql(
        "select distinct usename::text as name from pg_stat_activity where datname = 'secondlook' order by 1",
      );
      expect(logins).toEqual([
        { name: "secondlook_app" },
        { name: "secondlook_jobs" },
        { name: "secondlook_sequencer" },
      ]);
      expect(await server.stop()).toMatchObject({ code: 0 });

      const passwords = "select rolname, rolpassword from pg_authid order by 1";
      const before = await postgres.sql(passwords);
      expect(await (await startServer(folder, environment)).stop()).toMatchObject({ code: 0 });
      expect(await postgres.sql(passwords), "a second start changes nothing").toEqual(before);
      expect(await verifyLog(folder, environment)).toMatchObject({ code: 0 });
    },
  );
});

test("two servers that start at once on an empty database share it", async () => {
  const folder = await makeFolder();
  const postgres = await postgres18();
  const environment = { DATABASE_URL: postgres.url() };
  const [one, two] = await Promise.all([
    startServer(folder, environment),
    startServer(folder, environment),
  ]);
  // Judged at once and settled soon, so that the test has nothing to wait for.
  await postgres.sql(
    `update app.policy set document = jsonb_set(jsonb_set(document,
       '{base,minimumViewSeconds}', '0'), '{base,undoSeconds}', '1')`,
    "secondlook",
  );
  const key = await demoKey(folder);
  const ids = Array.from({ length: 4 }, (_, i) => `ver_${i}`);
  const sent = ids.map((id, i) => sendCase(i % 2 === 0 ? one.url : two.url, key, id));
  expect(await Promise.all(sent)).toEqual([201, 201, 201, 201]);

  const cookie = await signIn(one.url, "reviewer-1");
  const claimed = await claimWork(browserOf(one.url, cookie));
  const beside = await claimWork(browserOf(two.url, await signIn(two.url, "reviewer-2")));
  expect(beside.caseId).not.toBe(claimed.caseId);
  // The session and the lease hold on the other server as well.
  await judge(browserOf(two.url, cookie), claimed, {
    outcome: "distinct",
    reason: "different_face",
  });
  await expect
    .poll(async () => (await settled(postgres)).length, { timeout: 60_000 })
    .toBeGreaterThan(0);
  await Promise.all([one.stop(), two.stop()]);

  const kinds = (await eventsOf(folder, environment)).map(({ kind }) => kind);
  const count = (kind: string): number => kinds.filter((each) => each === kind).length;
  expect(count("emitter.start")).toBe(2);
  expect(count("emitter.stop")).toBe(2);
  expect(count("people.add"), "the demo's accounts, once").toBe(12);
  expect(count("case.ingest"), "one for each of a case's two accounts").toBe(8);
  expect(count("decision.settle"), "the job ran once").toBe(1);
  expect(await verifyLog(folder, environment)).toMatchObject({ code: 0 });
});

function settled(postgres: OwnPostgres): Promise<readonly unknown[]> {
  return postgres.sql("select 1 from app.decision where settled_at is not null", "secondlook");
}

test("the database may go away and come back beneath a running server", async () => {
  const folder = await makeFolder();
  const postgres = await postgres18();
  const server = await startServer(folder, { DATABASE_URL: postgres.url() });
  const ready = async (): Promise<number> => (await fetch(`${server.url}/readyz`)).status;
  expect(await ready()).toBe(200);
  // As in a failover: no new connections, and the old ones cut.
  await postgres.sql("alter database secondlook allow_connections false");
  await postgres.sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'secondlook'",
  );
  await expect.poll(ready, { timeout: 20_000 }).toBe(503);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
  await postgres.sql("alter database secondlook allow_connections true");
  await expect.poll(ready, { timeout: 20_000 }).toBe(200);
  expect(await sendCase(server.url, await demoKey(folder), "ver_1")).toBe(201);
  await postgres.sql("select graphile_worker.add_job('sweep_objects')", "secondlook");
  const jobs = (): Promise<readonly unknown[]> =>
    postgres.sql("select 1 from graphile_worker.jobs", "secondlook");
  await expect.poll(jobs, { timeout: 60_000 }).toEqual([]);
  expect(await server.stop()).toMatchObject({ code: 0 });
  expect(await verifyLog(folder, { DATABASE_URL: postgres.url() })).toMatchObject({ code: 0 });
});

async function expectFault(folder: string, url: string, sentence: RegExp): Promise<void> {
  const environment: Environment = { DATABASE_URL: url };
  const { code, output } = await startProcess(folder, environment).ended;
  expect(output).toMatch(sentence);
  expect(output.trimEnd().split("\n"), "one line").toHaveLength(1);
  expect(output).not.toContain("o:w/n@er");
  expect(code).toBe(1);
}

test.skipIf(!has15)(
  "each way in which DATABASE_URL can be wrong is told in one sentence",
  async () => {
    const folder = await makeFolder();
    const postgres = await need15();
    const fault = (url: string, sentence: RegExp): Promise<void> =>
      expectFault(folder, url, sentence);
    await fault(
      "postgres://owner:secret@127.0.0.1:1/secondlook",
      /^The database of DATABASE_URL \(127\.0\.0\.1:1\) can't be used: nothing listens there; start .*\.\n$/,
    );
    await fault(
      `postgres://owner@localhost/secondlook?host=${folder}`,
      /can't be used: there is no such socket; start .*\.\n$/,
    );
    await fault("postgres://x@no-such-machine.invalid/x", /can't be .*correct the address\.\n$/);
    await fault(
      postgres.url({ password: "wrong" }),
      /can't be used: it refuses the password; .*\.\n$/,
    );
    await fault(postgres.url({ database: "gone" }), /there is no such database; .*createdb\.\n$/);
    await postgres.sql("create role plain login password 'plain'");
    await postgres.sql("create database plain owner plain");
    await fault(
      postgres.url({ user: "plain", password: "plain", database: "plain" }),
      /can't be used: its user lacks a right; .*createrole\): permission denied to create role\.\n$/,
    );
    const old = await stubPostgres({ number: 140_012, text: "14.12" });
    await fault(
      `postgres://owner@127.0.0.1:${old}/secondlook`,
      /^The Postgres of DATABASE_URL \(127\.0\.0\.1:\d+\) is version 14\.12; Secondlook needs 15 or later, so .*\.\n$/,
    );
  },
);

test.skipIf(!has15)(
  "a cluster whose log-ins are another deployment's is refused untouched",
  async () => {
    const folder = await makeFolder();
    const postgres = await need15();
    await (await startServer(folder, { DATABASE_URL: postgres.url() })).stop();
    const other = await makeFolder();
    await postgres.sql("create database beside owner owner");
    const url = postgres.url({ database: "beside" });
    const sentence =
      /^The log-in secondlook_\w+ of this Postgres belongs to .* another root key; .*\.\n$/;
    await expectFault(other, url, sentence);
    await expectFault(other, url, sentence);
    expect(
      await postgres.sql("select 1 from pg_namespace where nspname = 'app'", "beside"),
    ).toEqual([]);
  },
);

test.skipIf(!has15)("roles that were restored without their passwords get them again", async () => {
  const folder = await makeFolder();
  const postgres = await need15();
  const environment = { DATABASE_URL: postgres.url() };
  await (await startServer(folder, environment)).stop();
  await postgres.sql("alter role secondlook_app password null");
  await postgres.sql("alter role secondlook_jobs password 'another'");
  expect(await (await startServer(folder, environment)).stop()).toMatchObject({ code: 0 });

  // The log is open to its owner without the root key too; evidence is not.
  await cp(`${folder}/data/root-key`, `${folder}/root-key`);
  await rm(`${folder}/data/root-key`);
  expect(await verifyLog(folder, environment)).toMatchObject({ code: 0 });
  expect((await eventsOf(folder, environment)).length).toBeGreaterThan(10);
});

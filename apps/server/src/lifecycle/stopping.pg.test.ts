import { request } from "node:http";
import { claimWork } from "@secondlook/testkit/api/judge";
import { expect, test, vi } from "vitest";
import { eventsOf, verifyLog } from "../../test-support/log.ts";
import { processesOf } from "../../test-support/processes.ts";
import {
  answering,
  makeFolder,
  secondlook,
  settings,
  startServer,
  watch,
} from "../../test-support/server-process.ts";
import { browserOf, demoKey, sendCase, signIn } from "../../test-support/client.ts";

vi.setConfig({ testTimeout: 180_000 });

const STOPPED = /Stopping: answering what is under way …\nStopped\.\n$/;

async function expectNothingLeft(folder: string): Promise<void> {
  await expect.poll(() => processesOf(`${folder}/data`), { timeout: 20_000 }).toEqual([]);
}

test("a second start keeps everything, and the log tells of both in order", async () => {
  const folder = await makeFolder();
  const first = await startServer(folder);
  const cookie = await signIn(first.url, "reviewer-1");
  const key = await demoKey(folder);
  expect(await sendCase(first.url, key, "ver_1")).toBe(201);
  expect(await first.stop()).toMatchObject({ code: 0, output: expect.stringMatching(STOPPED) });
  await expectNothingLeft(folder);

  const second = await startServer(folder);
  expect(await demoKey(folder)).toBe(key);
  const browser = browserOf(second.url, cookie);
  expect((await browser.call("session.me")).data).toMatchObject({
    account: { handle: "reviewer-1" },
  });
  expect(await sendCase(second.url, key, "ver_1"), "sent before").toBe(200);
  expect((await claimWork(browser)).candidates).toHaveLength(1);
  expect(await second.stop()).toMatchObject({ code: 0 });

  const kinds = (await eventsOf(folder)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind.startsWith("emitter."))).toEqual([
    "emitter.start",
    "emitter.stop",
    "emitter.start",
    "emitter.stop",
  ]);
  expect(kinds.filter((kind) => kind === "people.add")).toHaveLength(12);
  expect(kinds.filter((kind) => kind === "key.create")).toHaveLength(1);
  await expectNothingLeft(folder);
});

test("a request under way is answered before the server ends, and no new one is taken", async () => {
  const folder = await makeFolder();
  const server = await startServer(folder);
  const { hostname, port } = new URL(server.url);
  const body = JSON.stringify({ account: "reviewer-1" });
  const asking = request({
    hostname,
    port,
    method: "POST",
    path: "/auth/demo",
    headers: { "content-type": "application/json", "content-length": body.length },
  });
  const answered = new Promise<{ status: number | undefined }>((resolve, reject) => {
    asking.once("error", reject);
    asking.once("response", (response) => {
      response.resume().once("end", () => resolve({ status: response.statusCode }));
    });
  });
  // Half the body now, the rest when the server has begun to stop.
  await new Promise<void>((resolve) => {
    asking.write(body.slice(0, 10), () => resolve());
  });
  // Once this is answered, the half has arrived as well: both came over the loopback in order.
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  server.process.kill("SIGTERM");
  await server.said(/Stopping/);
  await expect
    .poll(() => fetch(`${server.url}/healthz`).then(String, () => "refused"))
    .toBe("refused");
  asking.end(body.slice(10));
  expect(await answered).toEqual({ status: 200 });
  expect(await server.ended).toMatchObject({ code: 0, output: expect.stringMatching(STOPPED) });
  await expectNothingLeft(folder);
  expect((await eventsOf(folder)).map(({ kind }) => kind).slice(-2)).toEqual([
    "session.start",
    "emitter.stop",
  ]);
});

test("a second Ctrl-C ends at once, and the next start recovers", async () => {
  const folder = await makeFolder();
  const server = await startServer(folder);
  const { hostname, port } = new URL(server.url);
  const hanging = request({ hostname, port, method: "POST", path: "/auth/demo" });
  hanging.on("error", () => undefined);
  hanging.flushHeaders();
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  server.process.kill("SIGINT");
  await server.said(/Stopping/);
  server.process.kill("SIGINT");
  expect(await server.ended).toMatchObject({ code: 130 });
  await expectNothingLeft(folder);

  expect(await (await startServer(folder)).stop()).toMatchObject({ code: 0 });
  expect((await eventsOf(folder)).filter(({ kind }) => kind === "emitter.stop")).toHaveLength(1);
  expect(await verifyLog(folder)).toMatchObject({ code: 0 });
});

test("killed with SIGKILL it leaves nothing running, and the next start has what was answered", async () => {
  const folder = await makeFolder();
  const server = await startServer(folder);
  expect(await sendCase(server.url, await demoKey(folder), "ver_1")).toBe(201);
  server.process.kill("SIGKILL");
  expect(await server.ended).toMatchObject({ signal: "SIGKILL" });
  await expectNothingLeft(folder);

  const again = await startServer(folder);
  const browser = browserOf(again.url, await signIn(again.url, "reviewer-1"));
  expect((await claimWork(browser)).candidates).toHaveLength(1);
  await again.stop();
  expect(await verifyLog(folder)).toMatchObject({
    code: 0,
    output: expect.stringContaining("never stopped (crash, n unknown"),
  });
});

test("a database that ends by itself ends the server with a sentence and code 1", async () => {
  const folder = await makeFolder();
  const server = await startServer(folder, { SECONDLOOK_LOG_LEVEL: "error" });
  const postgres = (await processesOf(`${folder}/data`)).find((each) =>
    each.includes("bin/postgres -D"),
  );
  process.kill(Number(postgres?.split(" ")[0]), "SIGKILL");
  const ended = await server.ended;
  expect(ended.code).toBe(1);
  expect(ended.output).toContain("The database ended by itself");
  await expectNothingLeft(folder);
  expect(await (await startServer(folder)).stop()).toMatchObject({ code: 0 });
  expect(await verifyLog(folder)).toMatchObject({ code: 0 });
});

test("Ctrl-C in the middle of a first start ends it in order", async () => {
  const folder = await makeFolder();
  const starting = watch(
    [process.execPath, "apps/server/test-support/serve-for-test.ts", `${folder}/console`],
    settings(folder),
  );
  await expect
    .poll(() => processesOf(`${folder}/data/postgres`), { timeout: 30_000 })
    .not.toEqual([]);
  starting.process.kill("SIGINT");
  expect(await starting.ended).toMatchObject({ code: 0, output: "Stopped.\n" });
  await expectNothingLeft(folder);
  expect(await (await startServer(folder)).stop()).toMatchObject({ code: 0 });
});

test("a server whose launcher was killed stops in order", async () => {
  const folder = await makeFolder();
  const launcher = `
    const { spawn } = require("node:child_process");
    spawn("/bin/sh", ["-c", "\\"$0\\" \\"$@\\"; exit 0", process.execPath, ...process.argv.slice(1)],
      { stdio: "inherit" });
  `;
  const serve = ["apps/server/test-support/serve-for-test.ts", `${folder}/console`];
  const launched = await answering(
    watch([process.execPath, "-e", launcher, ...serve], settings(folder)),
  );
  launched.process.kill("SIGKILL");
  await launched.said(STOPPED);
  await expectNothingLeft(folder);
  expect((await eventsOf(folder)).at(-1)?.kind).toBe("emitter.stop");
});

test("a closed terminal stops it in order, though nobody hears its words any more", async () => {
  const folder = await makeFolder();
  const server = await startServer(folder);
  server.process.stderr?.destroy();
  server.process.stdout?.destroy();
  server.process.kill("SIGHUP");
  expect(await server.ended).toMatchObject({ code: 0 });
  await expectNothingLeft(folder);
  expect((await eventsOf(folder)).at(-1)?.kind).toBe("emitter.stop");
});

test("a command says what is missing instead of making an empty deployment", async () => {
  const folder = await makeFolder();
  const asked = await secondlook(["user", "add", "rosa", "--role", "reviewer"], folder);
  expect(asked).toMatchObject({
    code: 1,
    output: `There is no ${folder}/data/root-key: name the server's data folder with SECONDLOOK_DATA_DIR, or start the server once.\n`,
  });
  expect(await processesOf(`${folder}/data`)).toEqual([]);
});

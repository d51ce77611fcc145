import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { caseBody } from "@secondlook/testkit/api/case-payload";
import { realFiles } from "@secondlook/testkit/api/real-files";
import { expect, test, vi } from "vitest";
import { browserOf, signIn } from "../../test-support/client.ts";
import { eventsOf } from "../../test-support/log.ts";
import { makeFolder, secondlook, startServer } from "../../test-support/server-process.ts";

vi.setConfig({ testTimeout: 240_000 });

/** The port goes into links and is where commands look for the server, so it must be known. */
async function freePort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return String(typeof address === "object" && address !== null ? address.port : 0);
}

/** Uses a sign-in link as the console does; gives the status and the cookie. */
async function follow(link: string): Promise<{ status: number; cookie: string }> {
  const { origin, searchParams, pathname } = new URL(link);
  expect(pathname).toBe("/link");
  const response = await fetch(`${origin}/auth/link`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: searchParams.get("token") }),
  });
  const [cookie = ""] = response.headers.getSetCookie();
  return { status: response.status, cookie: cookie.split(";")[0] ?? "" };
}

test("a person is added beside the running server and without it; each link signs in once", async () => {
  const folder = await makeFolder();
  const environment = { SECONDLOOK_DEMO: "0", PORT: await freePort() };
  const add = (...args: readonly string[]): ReturnType<typeof secondlook> =>
    secondlook(["user", "add", ...args], folder, environment);
  const server = await startServer(folder, environment);
  const beside = await add("rosa", "--role", "reviewer", "--regions", "VN", "--name", "Rosa Diaz");
  expect(beside).toMatchObject({
    code: 0,
    output: "rosa (reviewer) was added. This link signs in once, within 24 hours:\n",
  });
  const link = beside.stdout.trimEnd();
  expect(link).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${environment.PORT}/link\\?token=`));
  const { status, cookie } = await follow(link);
  expect(status).toBe(200);
  expect((await follow(link)).status).toBe(404);
  expect((await browserOf(server.url, cookie).call("session.me")).data).toMatchObject({
    account: { handle: "rosa", displayName: "Rosa Diaz", role: "reviewer" },
  });

  expect(await add("rosa", "--role", "lead")).toMatchObject({
    code: 1,
    stdout: "",
    output: "“rosa” exists already; choose another handle.\n",
  });
  expect(await add("ravi", "--role", "boss")).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^There is no role “boss”; use one of reviewer, .*admin\.\n$/),
  });
  expect((await add("Ravi Rao", "--role", "lead")).output).toMatch(/^A handle is .*\.\n$/);
  await server.stop();

  const alone = await add("lena", "--role", "lead");
  expect(alone.code).toBe(0);
  const again = await startServer(folder, environment);
  expect((await follow(alone.stdout.trimEnd())).status).toBe(200);
  await again.stop();
  const kinds = (await eventsOf(folder)).map(({ kind }) => kind);
  const count = (kind: string): number => kinds.filter((each) => each === kind).length;
  expect([count("people.add"), count("people.link"), count("session.start")]).toEqual([2, 2, 2]);
  expect(count("session.fail")).toBe(1);
});

test("somebody who signed out gets a new link; a closed account loses session, links and lease at once", async () => {
  const folder = await makeFolder();
  const environment = { SECONDLOOK_DEMO: "0", PORT: await freePort() };
  const user = (...args: readonly string[]): ReturnType<typeof secondlook> =>
    secondlook(["user", ...args], folder, environment);
  const server = await startServer(folder, environment);
  expect((await user("list")).output).toMatch(/^Nobody may sign in yet/);
  const first = await user("add", "rosa", "--role", "reviewer", "--name", "Rosa Diaz");
  const { cookie } = await follow(first.stdout.trimEnd());
  const again = await user("link", "rosa");
  expect(again).toMatchObject({
    code: 0,
    output: "This link signs rosa in once, within 24 hours:\n",
  });
  expect((await user("list")).stdout).toBe("rosa  reviewer  Rosa Diaz\n");
  expect(await user("link", "nobody")).toMatchObject({
    code: 1,
    output: "There is nobody “nobody” who may sign in; `secondlook user list` shows who may.\n",
  });

  expect((await user("disable", "rosa")).code).toBe(0);
  const me = await browserOf(server.url, cookie).call("session.me");
  expect(JSON.stringify(me.data)).not.toContain("Rosa");
  expect((await follow(again.stdout.trimEnd())).status).toBe(404);
  expect((await user("link", "rosa")).code).toBe(1);
  expect((await user("disable", "rosa")).code).toBe(1);
  await server.stop();
  const kinds = (await eventsOf(folder)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind.startsWith("people."))).toEqual([
    "people.add",
    "people.link",
    "people.link",
    "people.disable",
  ]);
});

test("the log is checked against a key and checkpoints that were kept elsewhere", async () => {
  const folder = await makeFolder();
  const environment = { SECONDLOOK_DEMO: "0", PORT: await freePort(), INIT_CWD: folder };
  const audit = (...args: readonly string[]): ReturnType<typeof secondlook> =>
    secondlook(["audit", ...args], folder, environment);
  const server = await startServer(folder, environment);
  await server.stop();
  expect((await audit("export", "--out", "one")).code).toBe(0);
  expect((await audit("export", "--out", "two")).code).toBe(0);
  const kept = ["--vkey", "one/vkey", "--checkpoint", "one/checkpoint"];
  expect((await audit("verify", "two", ...kept)).code).toBe(0);
  expect((await audit("verify", ...kept)).code).toBe(0);
  const newer = await audit("verify", "one", "--checkpoint", "two/checkpoint");
  expect(newer.code).toBe(1);
  expect(newer.output).toMatch(/the log was cut/);

  const stranger = "log.test/other+04fe2d54+AfiaTZI/RahrwpHDKMvfZRkTwqx+cTXOL02YjmAg3sVH";
  await writeFile(join(folder, "stranger"), stranger);
  for (const which of [["one"], []]) {
    const result = await audit("verify", ...which, "--vkey", "stranger");
    expect(result.code).toBe(1);
  }
  expect(await audit("verify", "one", "--vkey", "gone")).toMatchObject({
    code: 1,
    output: expect.stringMatching(/gone can't be read; name the file that you kept\.\n$/),
  });
});

async function writeBundle(folder: string, externalId: string, region = "VN"): Promise<void> {
  const body = caseBody({ externalId, change: { region } });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "case.json"), JSON.stringify(body));
  for (const [ref, bytes] of await realFiles(body)) {
    await writeFile(join(folder, ref === "clip" ? "clip.webm" : `${ref}.jpg`), bytes);
  }
}

test("bundles are sent, and what came of each is told", async () => {
  const folder = await makeFolder();
  const environment = { PORT: await freePort(), INIT_CWD: folder };
  const ingest = (...args: readonly string[]): ReturnType<typeof secondlook> =>
    secondlook(["ingest", ...args], folder, environment);
  await writeBundle(`${folder}/a`, "ver_a");
  await writeBundle(`${folder}/b`, "ver_b");
  await mkdir(`${folder}/empty`);

  expect(await ingest("a")).toMatchObject({
    code: 1,
    output: "Name the ingest key with --key or SECONDLOOK_INGEST_KEY.\n",
  });
  const server = await startServer(folder, environment);
  expect(await ingest("a", `${folder}/b`)).toMatchObject({
    code: 0,
    stdout: "",
    output: "2 taken, 0 repeated (sent before with the same content), 0 refused.\n",
  });
  await writeBundle(`${folder}/b`, "ver_b", "DE");
  await writeBundle(`${folder}/c`, "ver_c", "Nowhere");
  const mixed = await ingest("a", "b", "c", "empty", "gone");
  expect(mixed.code).toBe(1);
  const lines = mixed.output.trimEnd().split("\n");
  expect(lines.filter((line) => !line.startsWith("  "))).toEqual([
    "b was refused:",
    "c was refused:",
    "empty was refused:",
    "gone was refused:",
    "0 taken, 1 repeated (sent before with the same content), 4 refused.",
  ]);
  expect(lines).toContain("  /region: This differs from what was sent before.");
  expect(lines).toContain("  The folder holds no case.json.");
  expect(lines).toContain("  This is not a folder that can be read.");

  expect(await ingest("a", "--key", "slk_not-this-one-at-all-no")).toMatchObject({
    code: 1,
    output: "The server does not know this ingest key; name the right one with --key.\n",
  });
  expect(await ingest("a", "--url", "nonsense")).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^“nonsense” is not an address; .*\.\n$/),
  });
  const reviewer = browserOf(server.url, await signIn(server.url, "reviewer-1"));
  expect((await reviewer.call("queue.claimNext", {})).data).toMatchObject({ state: "work" });
  await server.stop();
  expect(await ingest("a", "b")).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^No server answers at http:.*; start it, .*--url\.\n$/),
  });
});

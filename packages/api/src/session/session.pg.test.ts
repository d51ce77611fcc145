import { addLink } from "@secondlook/db/staff/add-staff";
import { newId } from "@secondlook/domain/ids";
import { type Browser, createBrowser, SESSION_HEADER } from "@secondlook/testkit/api/browser";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function isIn(browser: Browser): Promise<boolean> {
  const me = await browser.call("session.me");
  expect(me.status).toBe(200);
  return JSON.stringify(me.data).includes('"handle"');
}

function post(path: string, body: unknown, type = "application/json"): Promise<Response> {
  return app.nobody.fetch(path, {
    method: "POST",
    headers: { "content-type": type },
    body: JSON.stringify(body),
  });
}

/** A one-time link for somebody, as `secondlook user add` makes one: good for these minutes. */
async function makeLink(handle: string, minutes = 60): Promise<string> {
  const token = `link-${newId("link", app.deps.random)}`;
  await addLink(app.deps.db, {
    id: newId("link", app.deps.random),
    staffId: app.staffId(handle),
    tokenHash: await app.deps.vault.keyedHash("token", token),
    minutes,
  });
  return token;
}

describe("a session", () => {
  test("ends after 30 minutes without a request", async () => {
    const browser = await app.signIn("reviewer-1");
    await app.clock.pass({ minutes: 29 });
    expect(await isIn(browser)).toBe(true);
    await app.clock.pass({ minutes: 29 });
    expect(await isIn(browser)).toBe(true);
    await app.clock.pass({ minutes: 31 });
    expect(await isIn(browser)).toBe(false);
    const claim = await browser.call("queue.claimNext", {});
    expect(claim).toMatchObject({ status: 401, refusal: "signed_out", data: undefined });
  });

  test("ends after 12 hours whatever happens", async () => {
    const browser = await app.signIn("reviewer-1");
    for (let quarter = 0; quarter < 47; quarter += 1) {
      await app.clock.pass({ minutes: 15 });
      expect(await isIn(browser)).toBe(true);
    }
    await app.clock.pass({ minutes: 16 });
    expect(await isIn(browser)).toBe(false);
  });

  test("ends at once where the account is disabled, and the account can't sign in again", async () => {
    const browser = await app.signIn("reviewer-3");
    await app.superuser.query(
      "update app.staff set disabled_at = now() where handle = 'reviewer-3'",
    );
    expect(await isIn(browser)).toBe(false);
    expect((await post("/auth/demo", { account: "reviewer-3" })).status).toBe(404);
    const listed = await (await app.nobody.fetch("/auth/demo")).text();
    expect(listed).toContain("reviewer-2");
    expect(listed).not.toContain("reviewer-3");
    expect((await post("/auth/link", { token: await makeLink("reviewer-3") })).status).toBe(404);
  });

  test("takes a changed role at its next request", async () => {
    const browser = await app.signIn("senior-1");
    const { status } = await browser.call("queue.overview", { region: null, cursor: null });
    expect(status).toBe(403);
    await app.superuser.query("update app.staff set role = 'lead' where handle = 'senior-1'");
    const after = await browser.call("queue.overview", { region: null, cursor: null });
    expect(after.status).toBe(200);
    await app.superuser.query("update app.staff set role = 'senior' where handle = 'senior-1'");
  });

  test("ended by signing out is over: for this token, with Clear-Site-Data and an event", async () => {
    const browser = await app.signIn("lead-1");
    const other = await app.signIn("lead-1");
    const answer = await browser.call("session.signOut");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("clear-site-data")).toBe('"cache", "cookies", "storage"');
    expect(answer.headers.get(SESSION_HEADER)).toBe("");
    expect((await app.events("session.end")).at(-1)).toMatchObject({
      reason: "signed_out",
      actor: { id: app.staffId("lead-1") },
    });
    expect(await isIn(browser)).toBe(false);
    expect(await isIn(other)).toBe(true);
  });

  test("is kept as a keyed hash only, and a guessed token is nobody's", async () => {
    const browser = await app.signIn("lead-1");
    const { rows } = await app.superuser.query<{ all: string }>(
      "select string_agg(s::text || encode(s.token_hash, 'escape'), ' ') as all from app.session s",
    );
    expect(browser.token).toMatch(/^[\w-]{43}$/);
    expect(rows[0]?.all).not.toContain(browser.token);
    expect(await isIn(createBrowser(app, "a".repeat(43)))).toBe(false);
  });
});

describe("a one-time link", () => {
  test("signs its person in once", async () => {
    const token = await makeLink("reviewer-2");
    const first = await post("/auth/link", { token });
    expect(first.status).toBe(200);
    expect(first.headers.get("cache-control")).toBe("no-store");
    expect(await first.json()).toMatchObject({ account: { handle: "reviewer-2" } });
    expect((await app.events("session.start")).at(-1)).toMatchObject({
      method: "link",
      actor: { id: app.staffId("reviewer-2") },
    });
    const second = await post("/auth/link", { token });
    expect(second.status).toBe(404);
    expect(second.headers.get(SESSION_HEADER)).toBeNull();
    expect((await app.events("session.fail")).at(-1)).toMatchObject({ reason: "bad_link" });
  });

  test("used twice at the same moment starts one session", async () => {
    const token = await makeLink("reviewer-2");
    const sent = await Promise.all([1, 2, 3].map(() => post("/auth/link", { token })));
    const statuses = sent.map((response) => response.status);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 404, 404]);
  });

  test("is good for its time only", async () => {
    const token = await makeLink("reviewer-2", 10);
    await app.clock.pass({ minutes: 11 });
    expect((await post("/auth/link", { token })).status).toBe(404);
  });

  test("is not used up by a sign-in that could not be recorded", async () => {
    const token = await makeLink("reviewer-2");
    const refused = await app.withoutLog(() => post("/auth/link", { token }));
    expect(refused.status).toBe(503);
    expect(refused.headers.get(SESSION_HEADER)).toBeNull();
    expect((await post("/auth/link", { token })).status).toBe(200);
  });

  test("that nobody made is refused like one that was used", async () => {
    const used = await makeLink("reviewer-2");
    await post("/auth/link", { token: used });
    const [one, other] = await Promise.all([
      post("/auth/link", { token: used }),
      post("/auth/link", { token: "never-made" }),
    ]);
    expect([one.status, other.status]).toEqual([404, 404]);
    expect(await one.text()).toBe(await other.text());
  });
});

describe("demo sign-in", () => {
  test("is an event, also where the account does not exist", async () => {
    await app.signIn("auditor-1");
    expect((await app.events("session.start")).at(-1)).toMatchObject({ method: "demo" });
    expect((await post("/auth/demo", { account: "root" })).status).toBe(404);
    expect((await app.events("session.fail")).at(-1)).toMatchObject({
      reason: "unknown_account",
      actor: { id: "usr_unknown", role: "none" },
    });
  });

  test("takes JSON of its own form only, so that no foreign form can send it", async () => {
    expect((await post("/auth/demo", { account: "lead-1" }, "text/plain")).status).toBe(400);
    expect((await post("/auth/demo", { account: "lead-1", role: "admin" })).status).toBe(400);
    expect((await post("/auth/demo", { account: "x".repeat(5000) })).status).toBe(400);
    expect((await post("/auth/demo", "lead-1")).status).toBe(400);
  });

  test("does not exist outside demo mode", async () => {
    await using strict = await createTestApp({ replace: () => ({ demo: false }) });
    expect((await strict.nobody.fetch("/auth/demo")).status).toBe(404);
    await expect(strict.signIn("lead-1")).rejects.toThrow("404");
    const { rows } = await strict.superuser.query("select from app.session");
    expect(rows).toEqual([]);
  });
});

test("failed sign-ins can't flood the log: twenty a minute, then their count", async () => {
  await app.clock.pass({ minutes: 2 });
  await app.deps.denials.flush();
  const before = (await app.events("session.fail")).length;
  for (let tried = 0; tried < 24; tried += 1) {
    const [path, body] = tried % 2 === 0 ? ["link", { token: "no" }] : ["demo", { account: "no" }];
    expect((await post(`/auth/${path}`, body)).status).toBe(404);
  }
  await app.clock.pass({ minutes: 2 });
  await post("/auth/demo", { account: "no" });
  const events = (await app.events("session.fail")).slice(before);
  expect(events).toHaveLength(22);
  expect(events[20]).toMatchObject({ reason: "flood", count: 4 });
});

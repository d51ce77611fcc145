import { type ActorRole, can, STAFF_ROLES } from "@secondlook/domain/access/roles";
import { caseBody, caseForm, plainFiles } from "@secondlook/testkit/api/case-payload";
import type { Browser } from "@secondlook/testkit/api/browser";
import { listProcedures } from "@secondlook/testkit/api/procedures";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTE_RECORDS } from "./core/route-records.ts";

const HANDLES = {
  reviewer: "reviewer-1",
  senior: "senior-1",
  lead: "lead-1",
  auditor: "auditor-1",
  privacy: "privacy-1",
  admin: "admin-1",
} as const;
const EVERYBODY = [...STAFF_ROLES, "nobody"] as const;

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
  const body = caseBody({ externalId: "secret-one" });
  await app.sendCase(body, plainFiles(body));
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function browserOf(role: (typeof EVERYBODY)[number]): Promise<Browser> {
  return role === "nobody" ? app.nobody : app.signIn(HANDLES[role]);
}

/** Calls with what no procedure takes, so that an allowed call is told from a refused one and does nothing. */
const NONSENSE = { nonsense: true };

describe.each(EVERYBODY)("%s", (role) => {
  test.each(listProcedures().map((procedure) => [procedure.path, procedure] as const))(
    "calls %s exactly as its right says",
    async (path, { meta }) => {
      if (meta === undefined) throw new Error(`${path} declares no permission`);
      // Denials beyond 20 a minute are counted, not written one by one.
      await app.clock.pass({ seconds: 61 });
      const browser = await browserOf(role);
      const before = (await app.events("access.denied")).length;
      const answer = await browser.call(path, NONSENSE);
      const denied = (await app.events("access.denied")).slice(before);
      if (can(role, meta.permission).allowed) {
        expect([200, 400]).toContain(answer.status);
        expect(denied).toEqual([]);
        return;
      }
      expect(answer).toMatchObject(
        role === "nobody"
          ? { status: 401, refusal: "signed_out", data: undefined }
          : { status: 403, refusal: "forbidden", data: undefined },
      );
      expect(answer.body).toEqual({ error: expect.anything() });
      expect(JSON.stringify(answer.body)).not.toMatch(/secret-one|cas_|sub_|Nguy/);
      expect(denied).toMatchObject(
        role === "nobody"
          ? []
          : [
              {
                outcome: "denied",
                action: path.toLowerCase(),
                actor: { id: app.staffId(HANDLES[role]), role },
              },
            ],
      );
    },
  );
});

/** How each route is asked, and what a caller with the right gets for it. */
const REQUESTS: Readonly<
  Record<string, { path: string; init?: () => RequestInit; allowed: number[] }>
> = {
  "GET /auth/demo": { path: "/auth/demo", allowed: [200] },
  "POST /auth/demo": { path: "/auth/demo", init: json, allowed: [400] },
  "POST /auth/link": { path: "/auth/link", init: json, allowed: [400] },
  "GET /live/events": { path: "/live/events", allowed: [200] },
  "GET /live/now": { path: "/live/now", allowed: [200] },
  "GET /media/:evidenceId/:rendition": { path: "/media/x/original?case=x&fence=0", allowed: [400] },
  // Answered the same to all: 405, without a look at who asks.
  "HEAD /media/:evidenceId/:rendition": {
    path: "/media/x/face",
    init: () => ({ method: "HEAD" }),
    allowed: [405],
  },
  "POST /v1/cases": { path: "/v1/cases", init: form, allowed: [201, 200] },
  "GET /v1/cases/:caseId": { path: "/v1/cases/cas_none", allowed: [404] },
  // A message without its Idempotency-Key is refused before anything is looked at.
  "POST /v1/cases/:caseId/matcher-runs": messageOf("matcher-runs"),
  "POST /v1/cases/:caseId/evidence": messageOf("evidence"),
  "POST /v1/cases/:caseId/withdrawal": messageOf("withdrawal"),
  "GET /v1/openapi.json": { path: "/v1/openapi.json", allowed: [200] },
};

function messageOf(name: string) {
  return { path: `/v1/cases/cas_none/${name}`, init: json, allowed: [400] };
}
function json(): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
}
function form(): RequestInit {
  const body = caseBody({ externalId: "by-route" });
  return { method: "POST", body: caseForm(body, plainFiles(body)) };
}

const routes = Object.entries(ROUTE_RECORDS).filter(([route]) => route !== "ALL /trpc/*");

test("every route is asked below", () => {
  expect(routes.map(([route]) => route).toSorted()).toEqual(Object.keys(REQUESTS).toSorted());
});

describe.each([...EVERYBODY, "source"] as const)(
  "%s",
  (role: (ActorRole & (typeof EVERYBODY)[number]) | "source") => {
    test.each(routes)("asks %s exactly as its right says", async (route, { permission }) => {
      const request = REQUESTS[route];
      if (request === undefined) throw new Error(`${route} is not asked here`);
      const browser = await browserOf(role === "source" ? "nobody" : role);
      const init = request.init?.() ?? {};
      const headers = new Headers(init.headers);
      if (role === "source") headers.set("authorization", `Bearer ${app.source.key}`);
      const response = await browser.fetch(request.path, { ...init, headers });
      const toAll = route.startsWith("HEAD");
      if (toAll || can(role, permission).allowed) {
        expect(request.allowed).toContain(response.status);
        // What is told live has no end by itself.
        await response.body?.cancel();
        return;
      }
      const text = await response.text();
      expect([401, 403]).toContain(response.status);
      expect(text).toMatch(/signed_out|forbidden|valid key/);
      expect(text).not.toMatch(/secret-one|cas_|sub_/);
    });
  },
);

test.each([
  ["text/plain", "{}", 415, /application\/json/],
  ["application/json", "{", 400, /not of the form/],
])("a body that is %s %j is told what to send", async (type, body, status, words) => {
  const browser = await app.signIn("reviewer-1");
  const headers = { "content-type": type };
  const response = await browser.fetch("/trpc/queue.claimNext", { method: "POST", headers, body });
  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(words);
});

test("a flood of refused calls is 20 events a minute, and one more that counts the rest", async () => {
  await app.clock.pass({ seconds: 61 });
  const browser = await app.signIn("admin-1");
  const before = (await app.events("access.denied")).length;
  const refused = await Promise.all(
    Array.from({ length: 50 }, () => browser.call("queue.claimNext", {})),
  );
  expect(refused.every((answer) => answer.status === 403)).toBe(true);
  expect((await app.events("access.denied")).length - before).toBe(20);
  await app.clock.pass({ seconds: 61 });
  await browser.call("queue.claimNext", {});
  const later = (await app.events("access.denied")).slice(before + 20);
  expect(later).toMatchObject([{ action: "flood", count: 30 }, { count: 1 }]);
});

test("a refusal that can't be recorded is answered 503, and nothing else", async () => {
  const browser = await app.signIn("auditor-1");
  const voids = (await app.events("emit.void")).length;
  const answer = await app.withoutLog(() => browser.call("queue.claimNext", {}));
  expect(answer).toMatchObject({ status: 503, refusal: "log_unavailable", data: undefined });
  // That its number was lost is recorded beside whatever is recorded next, which waits for nothing.
  await app.signIn("auditor-1");
  await expect.poll(async () => (await app.events("emit.void")).length).toBe(voids + 1);
});

test("what another site makes a browser send is refused at every address, signed in or not", async () => {
  const browser = await app.signIn("lead-1");
  const before = (await app.events()).length;
  for (const path of [...Object.values(REQUESTS).map((each) => each.path), "/trpc/session.me"]) {
    const response = await browser.fetch(path, { headers: { "sec-fetch-site": "cross-site" } });
    expect(response.status).toBe(403);
  }
  expect(await app.events()).toHaveLength(before);
});

test("an address that there isn't tells nothing", async () => {
  for (const path of ["/", "/admin", "/v1", "/media", "/trpc/nothing.here", "/media/x/y/z"]) {
    const response = await app.nobody.fetch(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toMatch(/stack|node_modules|Error:/);
  }
});

import type { Browser } from "@secondlook/testkit/api/browser";
import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { claimWork, judge } from "@secondlook/testkit/api/judge";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeEach, expect, test } from "vitest";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { type LiveNews, liveSchema } from "@secondlook/domain/queue/live-news";

let app: TestApp;
const apps: TestApp[] = [];
beforeEach(async () => {
  const base = { ...POLICY_V1.base, minimumViewSeconds: 0 };
  app = await createTestApp({ policy: { base, regions: {} } });
  apps.push(app);
});
afterAll(async () => {
  for (const each of apps) await each[Symbol.asyncDispose]();
});

async function send(
  externalId: string,
  priority: "normal" | "urgent" = "normal",
  region = "VN",
): Promise<void> {
  const body = caseBody({ externalId, change: { priority, region } });
  const response = await app.sendCase(body, plainFiles(body));
  expect(response.status).toBe(201);
}

async function now(browser: Browser): Promise<LiveNews> {
  const response = await browser.fetch("/live/now");
  expect(response.status).toBe(200);
  return liveSchema.parse(await response.json());
}

/** Reads a stream's events one after the other. */
async function listen(browser: Browser) {
  const response = await browser.fetch("/live/events");
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error("no body");
  return {
    async next(): Promise<string> {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return "closed";
        if (value.startsWith("data: ") || value.startsWith("event: ")) return value;
      }
    },
    cancel: () => reader.cancel(),
  };
}

test("a stream tells a claim, a lease that is lost, and the end of the session", async () => {
  await send("ver_1");
  const ann = await app.signIn("reviewer-1");
  const stream = await listen(ann);
  expect(JSON.parse((await stream.next()).slice(6))).toEqual({
    leases: [],
    queue: { waiting: 1, urgent: false },
    holders: null,
    strip: null,
  });
  const work = await claimWork(ann);
  expect(await stream.next()).toContain(`"caseId":"${work.caseId}","fence":${work.fence}`);
  await ann.call("queue.pause");
  expect(await stream.next()).toContain('"leases":[]');
  await ann.call("session.signOut");
  expect(await stream.next()).toContain("event: end");
  expect(await stream.next()).toBe("closed");
  expect((await ann.fetch("/live/events")).status).toBe(401);
});

test("a more urgent case is told to those who could have it, and to no others", async () => {
  await send("ver_1");
  const ann = await app.signIn("reviewer-1");
  await claimWork(ann);
  expect((await now(ann)).queue).toEqual({ waiting: 1, urgent: false });
  await send("ver_2", "urgent");
  expect((await now(ann)).queue).toEqual({ waiting: 2, urgent: true });
  const ben = await app.signIn("reviewer-2");
  await claimWork(ben);
  expect((await now(ann)).queue).toEqual({ waiting: 2, urgent: false });
});

test("who is in which case is told to leads, and stands in the log", async () => {
  await send("ver_1");
  const ann = await app.signIn("reviewer-1");
  const { caseId } = await claimWork(ann);
  const lead = await app.signIn("lead-1");
  const before = (await app.events("queue.search")).length;
  expect((await now(lead)).holders).toMatchObject([{ caseId }]);
  expect((await app.events("queue.search")).slice(before)).toMatchObject([{ fields: ["holders"] }]);
  expect((await now(ann)).holders).toBeNull();
  expect(await now(await app.signIn("auditor-1"))).toEqual({
    leases: [],
    queue: null,
    holders: null,
    strip: null,
  });
  const without = await app.withoutLog(() => now(lead));
  expect(without.holders).toBeNull();
  expect(without.queue).not.toBeNull();
});

test("the strip tells leads what waits by region, as it happens, and the oldest is the longest waiting", async () => {
  const oldest = app.clock.now();
  await send("ver_1");
  await app.clock.pass({ hours: 2 });
  await send("ver_2");
  await send("ver_3", "normal", "DE");
  const lead = await app.signIn("lead-1");
  const stream = await listen(lead);
  const strip = async () => {
    const text = await stream.next();
    return liveSchema.parse(JSON.parse(text.slice(6))).strip;
  };
  const quiet = { beingWorked: 0, dueSoon: 0, overdue: 0 };
  const began = await strip();
  expect(began).toMatchObject([
    { region: "DE", waiting: 1, ...quiet },
    { region: "VN", waiting: 2, ...quiet },
  ]);
  expect(Math.abs(Date.parse(began?.[1]?.oldestSince ?? "") - oldest.getTime())).toBeLessThan(
    60_000,
  );
  const ann = await app.signIn("reviewer-1");
  await claimWork(ann);
  // Taken by somebody it waits no more; what is kept ready for her behind it does.
  expect(await strip()).toMatchObject([
    { region: "DE", waiting: 1, beingWorked: 0 },
    { region: "VN", waiting: 1, beingWorked: 1 },
  ]);
  await stream.cancel();
  expect((await now(ann)).strip).toBeNull();
});

test("the strip tells what is due within the hour and what is late", async () => {
  await send("ver_1");
  const lead = await app.signIn("lead-1");
  const due = async (minutes: number) => {
    await app.superuser.query(
      "update app.review_case set due_at = app.now() + make_interval(mins => $1)",
      [minutes],
    );
    const [only] = (await now(lead)).strip ?? [];
    return [only?.dueSoon, only?.overdue];
  };
  expect(await due(61)).toEqual([0, 0]);
  expect(await due(59)).toEqual([1, 0]);
  expect(await due(-1)).toEqual([0, 1]);
});

test("nothing tells whether a decision that can still be undone asks for a second round", async () => {
  const seen: unknown[] = [];
  const strips: unknown[] = [];
  const lead = await app.signIn("lead-1");
  for (const outcome of ["distinct", "duplicate"] as const) {
    await send(`ver_${outcome}`);
    const ann = await app.signIn("reviewer-1");
    const ben = await app.signIn("reviewer-2");
    const reason = outcome === "distinct" ? "different_face" : "same_face";
    await judge(ann, await claimWork(ann), { outcome, reason, rationale: "Seen." });
    seen.push((await now(ben)).queue);
    const [strip] = (await now(lead)).strip ?? [];
    strips.push({ ...strip, oldestSince: strip?.oldestSince !== null });
    await app.clock.pass({ minutes: 1 });
    await app.superuser.query("delete from app.round where state = 'open'");
  }
  expect(seen[0]).toEqual(seen[1]);
  expect(strips[0]).toMatchObject({ region: "VN", waiting: 1, beingWorked: 0 });
  expect(strips[1]).toEqual(strips[0]);
});

test("a session has so many streams and no more, and listening keeps nobody signed in", async () => {
  const ann = await app.signIn("reviewer-1");
  const streams = [];
  for (let open = 0; open < 4; open += 1) streams.push(await listen(ann));
  expect((await ann.fetch("/live/events")).status).toBe(429);
  await streams[0]?.cancel();
  expect((await ann.fetch("/live/events")).status).toBe(200);
  await app.clock.pass({ minutes: 20 });
  await now(ann);
  await app.clock.pass({ minutes: 20 });
  expect((await ann.fetch("/live/now")).status).toBe(401);
});

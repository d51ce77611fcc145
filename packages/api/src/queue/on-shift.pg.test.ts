import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import type { Browser } from "@secondlook/testkit/api/browser";
import { claimWork } from "@secondlook/testkit/api/judge";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { onShiftOutput } from "../schemas/oversight.ts";

let app: TestApp;
let lead: Browser;
beforeEach(async () => {
  app = await createTestApp();
  lead = await app.signIn("lead-1");
});
afterEach(() => app[Symbol.asyncDispose]());

type Person = z.output<typeof onShiftOutput>["people"][number];

async function shift(): Promise<readonly Person[]> {
  const { status, data } = await lead.call("queue.onShift");
  expect(status).toBe(200);
  return onShiftOutput.parse(data).people;
}
const stateOf = async (name: string) =>
  (await shift()).find(({ displayName }) => displayName === name)?.state;

async function send(...externalIds: string[]): Promise<void> {
  for (const externalId of externalIds) {
    const body = caseBody({ externalId });
    expect((await app.sendCase(body, plainFiles(body))).status).toBe(201);
  }
}

async function beat(browser: Browser, work: { caseId: string; fence: number }, active = true) {
  const leases = [{ caseId: work.caseId, fence: work.fence }];
  await browser.call("queue.heartbeat", { leases, active });
}

test("tells who is signed in to review, and who holds which case since when and until when", async () => {
  await send("ver_1", "ver_2");
  const ann = await app.signIn("reviewer-1");
  await app.signIn("reviewer-2");
  await app.signIn("auditor-1");
  await app.signIn("admin-1");
  const work = await claimWork(ann);
  const people = await shift();
  expect(people.map(({ displayName, state, isYou }) => [displayName, state, isYou])).toEqual([
    ["reviewer 1", "working", false],
    ["lead 1", "free", true],
    ["reviewer 2", "free", false],
  ]);
  const [first, , other] = people;
  expect(first?.holds).toMatchObject({ caseId: work.caseId, region: "VN" });
  const { since = "", until = "" } = first?.holds ?? {};
  expect(Date.parse(until) - Date.parse(since)).toBe(120_000);
  expect(other?.holds).toBeNull();
});

test("that a case is kept ready for somebody is told of nobody", async () => {
  await send("ver_1", "ver_2");
  const ann = await app.signIn("reviewer-1");
  const answer = await ann.call("queue.claimNext", {});
  expect(answer.data).toMatchObject({ reserved: { caseId: expect.any(String) } });
  expect((await shift()).filter(({ holds }) => holds !== null)).toHaveLength(1);
  // Left with the kept one alone, she is at no case.
  await app.superuser.query(
    "update app.round set state = 'closed', holder = null, lease_kind = null where lease_kind = 'active'",
  );
  expect(await stateOf("reviewer 1")).toBe("free");
});

test("who has their case longest stands first", async () => {
  await send("ver_1", "ver_2", "ver_3", "ver_4");
  const [ann, ben] = [await app.signIn("reviewer-2"), await app.signIn("reviewer-1")];
  await claimWork(ann);
  await app.clock.pass({ seconds: 30 });
  await claimWork(ben);
  expect((await shift()).slice(0, 2).map(({ displayName }) => displayName)).toEqual([
    "reviewer 2",
    "reviewer 1",
  ]);
});

test("who does nothing over a case for three minutes is idle; where it isn't measured, works", async () => {
  await send("ver_1");
  const ann = await app.signIn("reviewer-1");
  const work = await claimWork(ann);
  expect(await stateOf("reviewer 1")).toBe("working");
  await beat(ann, work);
  expect(await stateOf("reviewer 1")).toBe("active");
  for (let minute = 0; minute < 4; minute++) {
    await app.clock.pass({ seconds: 60 });
    await beat(ann, work, false);
  }
  expect(await stateOf("reviewer 1")).toBe("idle");
  await beat(ann, work);
  expect(await stateOf("reviewer 1")).toBe("active");
});

test("a pause is told, and over with the next claim, whether it finds something or not", async () => {
  await send("ver_1");
  const ann = await app.signIn("reviewer-1");
  await claimWork(ann);
  await ann.call("queue.pause");
  expect(await stateOf("reviewer 1")).toBe("paused");
  await claimWork(ann);
  expect(await stateOf("reviewer 1")).toBe("working");
  await ann.call("queue.pause");
  await app.superuser.query("update app.round set state = 'closed'");
  await ann.call("queue.claimNext", {});
  expect(await stateOf("reviewer 1")).toBe("free");
});

test("who signed out, idled out, or lost their account is not there", async () => {
  const ann = await app.signIn("reviewer-1");
  const ben = await app.signIn("reviewer-2");
  await app.signIn("reviewer-3");
  await ann.call("session.signOut");
  await app.superuser.query(
    "update app.staff set disabled_at = app.now() where handle = 'reviewer-3'",
  );
  expect((await shift()).map(({ displayName }) => displayName)).toEqual(["lead 1", "reviewer 2"]);
  await app.clock.pass({ minutes: 20 });
  await lead.call("queue.onShift");
  await app.clock.pass({ minutes: 20 });
  expect((await shift()).map(({ displayName }) => displayName)).toEqual(["lead 1"]);
  expect(ben.token).toBeDefined();
});

test("every account whose case is shown stands in the log, one a leaf; an empty shift as one", async () => {
  await send("ver_1", "ver_2", "ver_3");
  const own = async () =>
    (await app.events("queue.search")).filter(
      ({ fields }) => JSON.stringify(fields) === '["on_shift"]',
    );
  await shift();
  expect((await own()).map(({ subject }) => subject)).toEqual([undefined]);
  await claimWork(await app.signIn("reviewer-1"));
  await claimWork(await app.signIn("reviewer-2"));
  await shift();
  const { rows } = await app.superuser.query<{ subject_id: string }>(
    `select v.subject_id from app.round r join app.review_case c on c.id = r.case_id
     join app.verification v on v.id = c.probe_id where r.lease_kind = 'active' order by r.opened_at`,
  );
  expect((await own()).slice(1).map(({ subject }) => subject)).toEqual(
    rows.map(({ subject_id }) => subject_id),
  );
});

test("nothing is shown while it can't be recorded", async () => {
  const { status } = await app.withoutLog(() => lead.call("queue.onShift"));
  expect(status).toBe(503);
});

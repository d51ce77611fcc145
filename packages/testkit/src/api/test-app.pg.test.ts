import { afterAll, beforeAll, expect, test } from "vitest";
import { caseBody, plainFiles } from "./case-payload.ts";
import { createTestApp, type TestApp } from "./test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

test("staff of every role sign in and are who they say", async () => {
  const lead = await app.signIn("lead-1");
  const answer = await lead.call("session.me");
  expect(answer.status).toBe(200);
  expect(answer.data).toMatchObject({ account: { id: app.staffId("lead-1"), role: "lead" } });
  expect((await app.nobody.call("session.me")).data).toMatchObject({ account: null });
});

test("a case sent with the source's key is taken", async () => {
  const body = caseBody({ externalId: "one" });
  const response = await app.sendCase(body, plainFiles(body));
  expect(response.status).toBe(201);
  expect(await app.events("case.ingest")).toHaveLength(2);
});

test("without the log's door nothing is taken, and with it again everything is", async () => {
  const body = caseBody({ externalId: "two" });
  const refused = await app.withoutLog(() => app.sendCase(body, plainFiles(body)));
  expect(refused.status).not.toBe(201);
  expect((await app.sendCase(body, plainFiles(body))).status).toBe(201);
});

test("the clock of the process and that of the database move together", async () => {
  await app.clock.stopAt(new Date("2026-11-02T10:00:00Z"));
  await app.clock.pass({ minutes: 1 });
  const { rows } = await app.superuser.query("select app.now() as now");
  expect(rows).toEqual([{ now: new Date("2026-11-02T10:01:00Z") }]);
  expect(app.clock.now()).toEqual(new Date("2026-11-02T10:01:00Z"));
});

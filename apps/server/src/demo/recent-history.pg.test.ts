import { loadRecentHistory } from "@secondlook/api/history/load-recent-history";
import { readOverview } from "@secondlook/api/insights/overview";
import { rebuildInsights } from "@secondlook/db/insights/roll";
import { demoWeeksTeam, makeDemoWeeks } from "@secondlook/demo/demo-weeks";
import { addDays, reportingDay } from "@secondlook/domain/insights/reporting-day";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { seedCase } from "@secondlook/testkit/cases/seed-case";
import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const NOW = new Date("2031-03-04T09:00:00Z");
const EVERYTHING = { id: null, region: null, outcome: null, from: null, to: null, cursor: null };

function load(app: TestApp, demoSource = "demo"): Promise<number> {
  const until = addDays(reportingDay(app.clock.now(), "UTC"), -1);
  return loadRecentHistory(app.deps, drizzle(app.superuser), {
    demoSource,
    make: () => makeDemoWeeks(until),
    team: demoWeeksTeam,
  });
}

describe("the demo's two weeks, once loaded", () => {
  let app: TestApp;
  let loaded: number;
  beforeAll(async () => {
    app = await createTestApp();
    await app.clock.stopAt(NOW);
    loaded = await load(app);
    await rebuildInsights(app.deps.db, "UTC");
  });
  afterAll(() => app[Symbol.asyncDispose]());

  test("are told by the log in one event of the time at which they were loaded, and in no other", async () => {
    const [event, ...others] = await app.events();
    expect(event).toMatchObject({
      kind: "seed.load",
      count: loaded,
      method: "made_up_history",
      at: NOW.toISOString(),
    });
    expect(others).toEqual([]);
    expect(loaded).toBeGreaterThan(500);
  });

  test("have something to find for a lead: a reviewer who gives way, and a model that calls too much the same", async () => {
    const to = addDays(reportingDay(NOW, "UTC"), -1);
    const all = { region: null, model: null, policy: null, reviewer: null };
    const page = await readOverview(app.deps.db, { ...all, from: addDays(to, -13), to }, NOW);
    expect(page.days.every(({ decisions, arrivals }) => decisions > 0 && arrivals > 0)).toBe(true);
    const marks = page.marks.map(({ figure, cell, direction }) => `${figure} ${cell} ${direction}`);
    expect(marks).toContain(`toward ${app.staffId("reviewer-3")} higher`);
    expect(marks).toContain("cleared rekognition 7.0 VN higher");
  });

  test("give those who work here figures of their own", async () => {
    const reviewer = await app.signIn("reviewer-1");
    const { status, data } = await reviewer.call("insights.me", { from: null, to: null });
    expect(status).toBe(200);
    expect(data).toMatchObject({ ownOverride: { state: "known" }, agreement: { state: "known" } });
  });

  test("are found among the cases, and a page of theirs says that they are made up", async () => {
    const lead = await app.signIn("lead-2");
    const found = await lead.call("cases.search", { ...EVERYTHING, outcome: "distinct" });
    expect(found).toMatchObject({ status: 200, data: { rows: { length: 50 } } });
    const [{ caseId } = { caseId: "" }] = makeDemoWeeks("2031-03-03");
    expect(await lead.call("cases.page", { caseId })).toMatchObject({
      status: 200,
      data: { madeUp: true, evidence: 0, timeline: [], stage: "settled" },
    });
  });

  test("are loaded once", async () => {
    expect(await load(app)).toBe(0);
    expect(await app.events("seed.load")).toHaveLength(1);
  });
});

test("the demo's two weeks never stand among cases that somebody sent", async () => {
  await using app = await createTestApp();
  await seedCase(app.deps.db, {});
  expect(await load(app)).toBe(0);
  expect(await app.events()).toEqual([]);
});

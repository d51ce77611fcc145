import { readOverview } from "@secondlook/api/insights/overview";
import { DEFAULT_EFFECTS, type Effect } from "@secondlook/demo/history-effects";
import { slowWeek } from "@secondlook/demo/make-history";
import { addDays, reportingDay } from "@secondlook/domain/insights/reporting-day";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { seedCase } from "@secondlook/testkit/cases/seed-case";
import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MadeHistory, makeDemoHistory } from "./make-history.ts";

const DECISIONS = 12_000;
const NOW = new Date("2031-03-04T09:00:00Z");
const SEED = 11;

async function withHistory(
  effects: readonly Effect[],
): Promise<{ app: TestApp; made: MadeHistory }> {
  const app = await createTestApp();
  await app.clock.stopAt(NOW);
  const made = await makeDemoHistory(app.deps, drizzle(app.superuser), {
    decisions: DECISIONS,
    seed: SEED,
    effects,
    timeZone: "UTC",
  });
  return { app, made };
}

async function yearOf({ app }: { app: TestApp }) {
  const to = addDays(reportingDay(app.clock.now(), "UTC"), -1);
  const all = { region: null, model: null, policy: null, reviewer: null };
  return readOverview(app.deps.db, { ...all, from: addDays(to, -363), to }, app.clock.now());
}

describe("a made-up year with planted effects", () => {
  let there: { app: TestApp; made: MadeHistory };
  beforeAll(async () => {
    there = await withHistory(DEFAULT_EFFECTS);
  }, 300_000);
  afterAll(() => there.app[Symbol.asyncDispose]());

  test("marks each planted effect, and nothing that was not planted", async () => {
    const page = await yearOf(there);
    const follower = page.people.find(({ name }) => name === there.made.people[2])?.id;
    const to = addDays(reportingDay(there.app.clock.now(), "UTC"), -1);
    const marks = page.marks.map(({ figure, cell, direction }) => `${figure} ${cell} ${direction}`);
    expect(marks.toSorted()).toEqual(
      [
        "arrivals 0 higher",
        "cleared rekognition 7.0 VN higher",
        `handle ${slowWeek(3, to)} higher`,
        `own_override ${follower} lower`,
        `toward ${follower} higher`,
      ].toSorted(),
    );
  });

  test("is told by the log in one event, and no access to it was made up", async () => {
    const kinds = (await there.app.events()).map(({ kind }) => kind);
    expect(kinds).toEqual(["seed.load"]);
  });

  test("is refused a second time", async () => {
    const again = makeDemoHistory(there.app.deps, drizzle(there.app.superuser), {
      decisions: 1_000,
      seed: 1,
      effects: [],
      timeZone: "UTC",
    });
    await expect(again).rejects.toThrow(/has a made-up past already/);
  });
});

test("a made-up year with nothing planted has no mark", async () => {
  const there = await withHistory([]);
  try {
    const page = await yearOf(there);
    expect(page.throughput.decisions).toBe(there.made.decisions);
    expect(page.marks).toEqual([]);
  } finally {
    await there.app[Symbol.asyncDispose]();
  }
}, 300_000);

test("a past is not made up among real cases", async () => {
  await using app = await createTestApp();
  await seedCase(app.deps.db, {});
  const made = makeDemoHistory(app.deps, drizzle(app.superuser), {
    decisions: 1_000,
    seed: 1,
    effects: [],
    timeZone: "UTC",
  });
  await expect(made).rejects.toThrow(/real cases/);
});

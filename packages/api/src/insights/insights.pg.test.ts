import { rebuildInsights, rollInsights } from "@secondlook/db/insights/roll";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { seedCase } from "@secondlook/testkit/cases/seed-case";
import type { Browser } from "@secondlook/testkit/api/browser";
import { claimWork, judge } from "@secondlook/testkit/api/judge";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { settleDue } from "../jobs/settle-decision.ts";
import type { Outputs } from "../contract.ts";
import {
  backlogOutput,
  casesOutput,
  csvOutput,
  meOutput,
  overviewOutput,
  whatIfOutput,
} from "../schemas/insights.ts";
import { toCsv } from "./csv.ts";

const CASES = 40;
const ALL = { from: null, to: null, region: null, model: null, policy: null, reviewer: null };

let app: TestApp;
let lead: Browser;
let reviewer: Browser;
beforeAll(async () => {
  app = await createTestApp({
    policy: { ...POLICY_V1, base: { ...POLICY_V1.base, minimumViewSeconds: 0 } },
  });
  await rebuildInsights(app.deps.db, "Europe/Berlin");
  reviewer = await app.signIn("reviewer-1");
  lead = await app.signIn("lead-1");
  for (let index = 0; index < CASES; index += 1) {
    await seedCase(app.deps.db, {
      vault: app.deps.vault,
      region: index < 35 ? "VN" : "DE",
      matcher: { recommendation: index % 4 === 3 ? "different_person" : "same_person" },
      candidates: [{ similarity: 91 }],
    });
    await judge(reviewer, await claimWork(reviewer), {
      outcome: "distinct",
      reason: "different_face",
    });
  }
  await app.clock.pass({ seconds: 11 });
  await settleDue(app.deps);
  while ((await rollInsights(app.deps.db)).more);
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

async function overview(
  filter: { readonly region?: string } = {},
): Promise<Outputs["insights"]["overview"]> {
  const answer = await lead.call("insights.overview", { ...ALL, ...filter });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.message}`);
  return overviewOutput.parse(answer.data);
}

describe("the page of figures", () => {
  test("counts what was decided, and holds small counts back", async () => {
    const page = await overview();
    expect(page.throughput.decisions).toBe(CASES);
    expect(page.override.all).toMatchObject({ numerator: 30, denominator: 40, value: 0.75 });
    expect(page.override.cleared).toMatchObject({ numerator: 30, denominator: 30, value: 1 });
    expect(page.override.caught).toEqual({ state: "held_back", reason: "under_30" });
    expect(page.override.byRegion.map(({ id, override }) => [id, override.state])).toEqual([
      ["DE", "held_back"],
      ["VN", "known"],
    ]);
    expect(page.override.byBand.map(({ band, confirmed }) => [band, confirmed])).toMatchObject([
      [
        { from: 90, to: 92 },
        { numerator: 0, denominator: 40 },
      ],
    ]);
    expect(page.outcomes).toMatchObject([{ outcome: "distinct", share: { numerator: 40 } }]);
    expect(page.people).toMatchObject([
      {
        name: "reviewer 1",
        decisions: 40,
        ownOverride: { numerator: 30 },
        shift: { numerator: 0 },
      },
    ]);
    expect(page.agreement).toMatchObject({
      raw: { state: "held_back", reason: "nothing" },
      kappa: { state: "not_defined", reason: "nothing" },
    });
    expect(page.definitions.override?.exclusions).toMatch(/recommended nothing/);
  });

  const PARTS = [
    "throughput",
    "handleByRegion",
    "days",
    "people",
    "sla",
    "override",
    "agreement",
    "outcomes",
    "reasons",
  ] as const;

  test("adds what one person did up from single decisions, and says so", async () => {
    const reviewer = app.staffId("reviewer-1");
    const model = { provider: "rekognition", version: "7.0" };
    const whole = await overview();
    for (const filter of [{ reviewer }, { model }, { reviewer, model, policy: 1 }]) {
      const lone = await lead.call("insights.overview", { ...ALL, ...filter });
      const page = overviewOutput.parse(lone.data);
      expect(page.crossing).toBe("reviewer" in filter);
      expect(page.override.all).toMatchObject({ numerator: 30, denominator: 40 });
      expect(page.throughput.decisions).toBe(CASES);
      // One person and one model did it all, so what is added up is what the rollups hold.
      for (const part of PARTS) expect(page[part], part).toEqual(whole[part]);
    }
    expect(whole.crossing).toBe(false);
  });

  test("is recorded with what was asked by, and not what for", async () => {
    const before = (await app.events("insights.query")).length;
    await overview({ region: "VN" });
    expect((await app.events("insights.query")).slice(before)).toMatchObject([
      { actor: { id: app.staffId("lead-1") }, fields: ["overview", "by.region"] },
    ]);
  });

  test("stays away where it can't be recorded", async () => {
    const answer = await app.withoutLog(() => lead.call("insights.overview", ALL));
    expect(answer).toMatchObject({ status: 503, refusal: "log_unavailable", data: undefined });
  });

  test("refuses dates in disorder and longer than two years", async () => {
    for (const dates of [
      { from: "2026-02-01", to: "2026-01-01" },
      { from: "2020-01-01", to: "2026-01-01" },
      { from: "2026-01-01", to: null },
    ]) {
      expect(await lead.call("insights.overview", { ...ALL, ...dates })).toMatchObject({
        status: 400,
      });
    }
  });
});

describe("the cases behind a figure", () => {
  const list = (figure: string, more: Record<string, unknown> = {}) =>
    lead.call("insights.cases", {
      filter: ALL,
      figure,
      detail: null,
      whole: false,
      cursor: null,
      ...more,
    });

  test("come in pages, each case once, with one event for each account", async () => {
    const before = (await app.events("insights.query")).length;
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: z.output<typeof casesOutput> = casesOutput.parse(
        (await list("throughput", { cursor })).data,
      );
      seen.push(...page.rows.map(({ caseId }) => caseId));
      ({ nextCursor: cursor } = page);
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(CASES);
    const events = (await app.events("insights.query")).slice(before);
    expect(events).toHaveLength(CASES);
    expect(new Set(events.map((event) => event["case"]))).toEqual(new Set(seen));
  });

  test("that tell the machine's view keep who saw them from judging them again", async () => {
    const page = casesOutput.parse((await list("cleared")).data);
    expect(page.rows).toHaveLength(30);
    const { rows } = await app.superuser.query(
      "select count(*)::int as n from app.involvement where staff_id = $1 and how = 'revealed'",
      [app.staffId("lead-1")],
    );
    expect(rows).toEqual([{ n: 30 }]);
  });

  test("are those counted or all that they are a share of, and the log says which", async () => {
    const counted = casesOutput.parse((await list("override")).data);
    const whole = casesOutput.parse((await list("override", { whole: true })).data);
    expect([counted.rows.length, whole.rows.length]).toEqual([30, 40]);
    const last = (await app.events("insights.query")).at(-1);
    expect(last).toMatchObject({ fields: ["cases", "override", "whole"] });
  });

  test("leave out one that is under review again", async () => {
    const first = casesOutput.parse((await list("outcome", { detail: "distinct" })).data).rows[0];
    const caseId = first?.caseId ?? "";
    await app.superuser.query(
      "insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since) select case_id, 2, 'first', route_id, 2, priority, due_at, now(), now() from app.round where case_id = $1",
      [caseId],
    );
    const page = casesOutput.parse((await list("outcome", { detail: "distinct" })).data);
    expect(page.rows.some((row) => row.caseId === caseId)).toBe(false);
    await app.superuser.query("delete from app.round where case_id = $1 and cycle = 2", [caseId]);
  });

  test("need the outcome, the reason or the band where the figure has one", async () => {
    expect(await list("reason")).toMatchObject({ status: 400, refusal: "invalid_input" });
    expect(await list("reason", { detail: "lookalike" })).toMatchObject({ status: 400 });
    expect(await list("outcome")).toMatchObject({ status: 400 });
    expect(await list("confirmed", { detail: "x" })).toMatchObject({ status: 400 });
    expect(await list("throughput", { cursor: "[1]" })).toMatchObject({ status: 400 });
  });
});

describe("one's own figures", () => {
  test("are there for who judges, and hold nobody else's", async () => {
    const own = meOutput.parse((await reviewer.call("insights.me", { from: null, to: null })).data);
    expect(own).toMatchObject({
      decisions: CASES,
      ownOverride: { numerator: 30, denominator: 40 },
    });
    const other = await app.signIn("reviewer-2");
    const none = meOutput.parse((await other.call("insights.me", { from: null, to: null })).data);
    expect(none).toMatchObject({ decisions: 0, ownOverride: { state: "held_back" } });
    // Days without work are days, too.
    expect(none.days.length).toBe(own.days.length);
    expect(none.days.every(({ decisions }) => decisions === 0)).toBe(true);
    const asked = {
      from: null,
      to: null,
      figure: "throughput",
      detail: null,
      whole: false,
      cursor: null,
    };
    expect((await other.call("insights.myCases", asked)).data).toMatchObject({ rows: [] });
    expect((await reviewer.call("insights.myCases", asked)).data).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ region: "VN" })]),
    });
  });

  test("say what is measured of people", async () => {
    const own = await reviewer.call("insights.me", { from: null, to: null });
    expect(meOutput.parse(own.data)).toMatchObject({
      throughputBy: "active_hours",
      notice: expect.stringContaining("minute"),
    });
  });
});

describe("a part of the page as CSV", () => {
  test("holds back what the page holds back, and runs as no formula", async () => {
    const answer = await lead.call("insights.csv", { filter: ALL, section: "region" });
    const { text, fileName } = csvOutput.parse(answer.data);
    const [head, de, vn] = text.split("\r\n");
    expect(fileName).toMatch(/^secondlook-region-.*\.csv$/);
    expect(head).toMatch(/^provider,version,region,/);
    expect(de).toMatch(/^,,DE,,,,5,fewer than 30,,,,/);
    expect(vn).toMatch(/^,,VN,,,,35,0\.77/);
    expect(toCsv([["=1+1", 'a "b"', -3]])).toBe('\'=1+1,"a ""b""",-3\r\n');
  });
});

describe("another threshold", () => {
  test("says what it would have done and what can't be known", async () => {
    const answer = await lead.call("insights.whatIf", {
      from: null,
      to: null,
      region: "VN",
      model: { provider: "rekognition", version: "7.0" },
      threshold: 95,
      precision: 0.05,
    });
    const result = whatIfOutput.parse(answer.data);
    expect(result).toMatchObject({
      threshold: 94,
      cases: { reviewed: 35, stay: 0 },
      knownFrom: 90,
    });
    expect(result.unknown).toMatch(/Cases under 90 never came here.*381 cases.*73/);
  });
});

describe("the backlog", () => {
  test("is counted with its ages, without a forecast from two days", async () => {
    await seedCase(app.deps.db, { vault: app.deps.vault });
    const answer = await lead.call("insights.backlog", { region: null });
    expect(backlogOutput.parse(answer.data)).toMatchObject({
      waiting: 1,
      overdue: 0,
      ageFrom: "received",
      forecast: null,
    });
  });
});

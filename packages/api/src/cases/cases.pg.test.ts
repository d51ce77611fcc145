import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { claimWork, judge, sealAll, type Verdict } from "@secondlook/testkit/api/judge";
import type { Browser } from "@secondlook/testkit/api/browser";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { machineViewOutput, pageOutput, searchOutput } from "../schemas/cases.ts";

const DUPLICATE: Verdict = {
  outcome: "duplicate",
  reason: "same_face",
  rationale: "Same scar over the left eye.",
};
const DISTINCT: Verdict = { outcome: "distinct", reason: "different_face" };
const UNCLEAR: Verdict = { outcome: "inconclusive", reason: "cannot_tell" };
const EVERYTHING = { id: null, region: null, outcome: null, from: null, to: null, cursor: null };

let app: TestApp;
let people: Record<"one" | "two" | "lead" | "lead2" | "auditor" | "privacy", Browser>;

beforeAll(async () => {
  app = await createTestApp({
    policy: { ...POLICY_V1, base: { ...POLICY_V1.base, minimumViewSeconds: 0 } },
  });
});
// Each test signs in anew: some of them move the clock by months.
beforeEach(async () => {
  people = {
    one: await app.signIn("reviewer-1"),
    two: await app.signIn("reviewer-2"),
    lead: await app.signIn("lead-1"),
    lead2: await app.signIn("lead-2"),
    auditor: await app.signIn("auditor-1"),
    privacy: await app.signIn("privacy-1"),
  };
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

let sent = 0;
/** Takes in a case that no other test's claims can reach, and gives its id. */
async function take(change: Parameters<typeof caseBody>[0]["change"] = {}): Promise<string> {
  sent += 1;
  const body = caseBody({ externalId: `case-${sent}`, change: { languages: [], ...change } });
  const response = await app.sendCase(body, plainFiles(body));
  expect(response.status).toBe(201);
  const { caseId } = await response.json();
  return String(caseId);
}

/** Has these people decide a case, one round each, and waits for each to settle. */
async function decide(
  caseId: string,
  rounds: readonly (readonly [Browser, Verdict])[],
): Promise<void> {
  for (const [browser, verdict] of rounds) {
    await only(caseId, async () => {
      const work = await claimWork(browser);
      expect(work.caseId).toBe(caseId);
      await judge(browser, work, verdict);
    });
    await app.clock.pass({ seconds: 11 });
  }
}

/** While `work` runs nothing else can be claimed. */
async function only(caseId: string, work: () => Promise<void>): Promise<void> {
  const far = "'2100-01-01'::timestamptz";
  await app.superuser.query(
    `update app.round set claimable_at = ${far} where state = 'open' and holder is null and case_id <> $1`,
    [caseId],
  );
  await work();
  await app.superuser.query(
    `update app.round set claimable_at = app.now() where claimable_at = ${far}`,
  );
}

async function find(
  browser: Browser,
  by: Partial<Record<keyof typeof EVERYTHING, string>>,
): Promise<z.output<typeof searchOutput>> {
  const answer = await browser.call("cases.search", { ...EVERYTHING, ...by });
  expect(answer.status).toBe(200);
  return searchOutput.parse(answer.data);
}

async function open(browser: Browser, caseId: string): Promise<z.output<typeof pageOutput>> {
  const answer = await browser.call("cases.page", { caseId });
  expect(answer).toMatchObject({ status: 200 });
  return pageOutput.parse(answer.data);
}

describe("search", () => {
  test("finds by case id, by the case's id upstream and by its account's, whole only", async () => {
    const caseId = await take();
    const ids = (found: { rows: { caseId: string }[] }) => found.rows.map((row) => row.caseId);
    expect(ids(await find(people.auditor, { id: caseId }))).toEqual([caseId]);
    expect(ids(await find(people.auditor, { id: `case-${sent}` }))).toEqual([caseId]);
    expect(ids(await find(people.auditor, { id: `case-${sent}-seller` }))).toEqual([caseId]);
    expect(ids(await find(people.auditor, { id: `case-${sent}-sell` }))).toEqual([]);
    expect(ids(await find(people.auditor, { id: "Nguyễn Văn Ánh" }))).toEqual([]);
  });

  test("pages by 50, the newest first, without gap or repeat, also among cases of one moment", async () => {
    await app.clock.stopAt(app.clock.now());
    for (let n = 0; n < 53; n += 1) await take({ region: "DE" });
    const first = await find(people.auditor, { region: "DE" });
    expect(first.rows).toHaveLength(50);
    expect(first.nextCursor).not.toBeNull();
    const second = await find(people.auditor, { region: "DE", cursor: first.nextCursor ?? "" });
    expect(second.nextCursor).toBeNull();
    const all = [...first.rows, ...second.rows].map((row) => row.caseId);
    expect(new Set(all).size).toBe(53);
    const times = [...first.rows, ...second.rows].map((row) => row.receivedAt);
    expect(times).toEqual(times.toSorted().toReversed());
    const bad = await people.auditor.call("cases.search", { ...EVERYTHING, cursor: "nowhere" });
    expect(bad).toMatchObject({ status: 400, refusal: "invalid_input" });
  });

  test("bounds days in UTC, both included, and takes a country's subdivisions in", async () => {
    await app.clock.stopAt(new Date("2027-03-01T23:59:59.999Z"));
    const late = await take({ region: "US-CA" });
    await app.clock.stopAt(new Date("2027-03-02T00:00:00.000Z"));
    const early = await take({ region: "US" });
    const auditor = await app.signIn("auditor-1");
    const on = async (from: string, to: string) =>
      (await find(auditor, { region: "US", from, to })).rows.map((row) => row.caseId);
    expect(await on("2027-03-01", "2027-03-01")).toEqual([late]);
    expect(await on("2027-03-02", "2027-03-02")).toEqual([early]);
    expect(await on("2027-03-01", "2027-03-02")).toEqual([early, late]);
    expect(await on("2027-03-03", "2027-03-09")).toEqual([]);
  });

  test("writes one event for each account shown before it answers, and one where it shows nobody", async () => {
    const before = (await app.events("case.search")).length;
    const shown = await find(people.auditor, { region: "US", outcome: "duplicate" });
    expect(shown.rows).toEqual([]);
    const [none, ...more] = (await app.events("case.search")).slice(before);
    expect(more).toEqual([]);
    expect(none).toMatchObject({ fields: ["region", "outcome"], actor: { role: "auditor" } });
    expect(none).not.toHaveProperty("subject");
    const { rows } = await find(people.auditor, { region: "US" });
    const events = (await app.events("case.search")).slice(before + 1);
    expect(events.map((event) => event["case"])).toEqual(rows.map((row) => row.caseId));
    expect(events.every((event) => typeof event["subject"] === "string")).toBe(true);
  });

  test("answers nothing while the log can't be written", async () => {
    const answer = await app.withoutLog(() => people.auditor.call("cases.search", EVERYTHING));
    expect(answer).toMatchObject({ status: 503, refusal: "log_unavailable", data: undefined });
    expect(JSON.stringify(answer.body)).not.toContain("cas_");
  });

  test("tells a lead neither stage nor outcome of a case that they may still judge, by no filter either", async () => {
    const caseId = await take();
    await decide(caseId, [[people.one, DUPLICATE]]);
    const row = async (browser: Browser) => (await find(browser, { id: caseId })).rows[0];
    expect(await row(people.lead)).toMatchObject({ stage: null, outcome: null });
    expect((await find(people.lead, { id: caseId, outcome: "duplicate" })).rows).toEqual([]);
    expect((await find(people.lead, { id: caseId, outcome: "distinct" })).rows).toEqual([]);
    expect(await row(people.auditor)).toMatchObject({ stage: "second", outcome: "duplicate" });
    await open(people.lead, caseId);
    expect(await row(people.lead)).toMatchObject({ stage: "second", outcome: "duplicate" });
    expect(await row(people.lead2)).toMatchObject({ stage: null, outcome: null });
  });

  test("hides a settled case's outcome from a lead until it can't be undone any more", async () => {
    const caseId = await take();
    await only(caseId, async () => {
      await judge(people.one, await claimWork(people.one), DISTINCT);
    });
    const row = async () => (await find(people.lead2, { id: caseId })).rows[0];
    expect(await row()).toMatchObject({ stage: null, outcome: null });
    await app.clock.pass({ seconds: 11 });
    expect(await row()).toMatchObject({ stage: "settled", outcome: "distinct" });
  });

  test.each([
    ["id", "a\0b"],
    ["region", "V\0"],
    ["from", "0000-01-01"],
    ["to", "0000-12-31"],
    ["cursor", "cas_\0"],
  ])("refuses what no case can have: %s %j", async (field, value) => {
    const answer = await people.lead.call("cases.search", { ...EVERYTHING, [field]: value });
    expect(answer).toMatchObject({ status: 400, refusal: "invalid_input" });
  });
});

describe("a case's page", () => {
  test("shows decisions with their rationale, by name to a lead and by pseudonym to others", async () => {
    const caseId = await take();
    await decide(caseId, [
      [people.one, DUPLICATE],
      [people.two, DUPLICATE],
    ]);
    const page = await open(people.lead, caseId);
    expect(page).toMatchObject({ stage: "settled", cycle: 1, candidates: 1, evidence: 3 });
    expect(page.decisions).toMatchObject([
      {
        by: "reviewer 1",
        round: "first",
        rationale: DUPLICATE.rationale,
        same: 1,
        effectiveAt: null,
      },
      { by: "reviewer 2", round: "second", outcome: "duplicate" },
    ]);
    expect(page.decisions[1]?.effectiveAt).not.toBeNull();
    const forAuditor = await open(people.auditor, caseId);
    expect(forAuditor.decisions.map((each) => each.by)).toEqual([
      app.staffId("reviewer-1"),
      app.staffId("reviewer-2"),
    ]);
    expect(JSON.stringify(forAuditor)).not.toMatch(/reviewer [12]/);
  });

  test("shows what a reviewer asked a lead", async () => {
    const caseId = await take();
    await decide(caseId, [[people.one, UNCLEAR]]);
    const page = await open(people.auditor, caseId);
    expect(page.decisions).toMatchObject([
      { outcome: "inconclusive", question: "What do you see?" },
    ]);
  });

  test("shows a decision that was taken back as taken back", async () => {
    const caseId = await take();
    await only(caseId, async () => {
      const { decisionId } = await judge(people.one, await claimWork(people.one), DISTINCT);
      const undone = await people.one.call("decisions.undo", { decisionId });
      expect(undone.status).toBe(200);
    });
    const page = await open(people.auditor, caseId);
    expect(page.decisions).toHaveLength(1);
    expect(page.decisions[0]).toMatchObject({ outcome: "distinct", effectiveAt: null });
    expect(page.decisions[0]?.undoneAt).not.toBeNull();
    const held = await people.one.call("queue.pause", {});
    expect(held.status).toBe(200);
  });

  test("tells the case's story from the log's read model, in sentences, oldest first", async () => {
    const caseId = await take();
    await decide(caseId, [[people.one, DISTINCT]]);
    await app.sequence();
    const { timeline, timelineCut } = await open(people.lead, caseId);
    expect(timelineCut).toBe(false);
    expect(timeline.map((line) => line.kind)).toEqual(
      expect.arrayContaining(["case.ingest", "case.claim", "judgement.seal", "decision.submit"]),
    );
    const indexes = timeline.map((line) => line.index);
    expect(indexes).toEqual(indexes.toSorted((one, other) => one - other));
    expect(timeline.every((line) => line.detail !== "")).toBe(true);
    expect(timeline.find((line) => line.kind === "decision.submit")).toMatchObject({
      by: "reviewer 1",
      detail: "Decided in its first round: distinct people.",
    });
  });

  test("is an event of its own, with what was read, and closed while the log can't be written", async () => {
    const caseId = await take();
    await open(people.privacy, caseId);
    expect((await app.events("case.view")).at(-1)).toMatchObject({
      case: caseId,
      fields: ["decisions", "rationale", "question", "timeline"],
      actor: { id: app.staffId("privacy-1"), role: "privacy" },
    });
    const answer = await app.withoutLog(() => people.lead.call("cases.page", { caseId }));
    expect(answer).toMatchObject({ status: 503, refusal: "log_unavailable", data: undefined });
    const { rows } = await app.superuser.query(
      "select from app.involvement where case_id = $1 and staff_id = $2",
      [caseId, app.staffId("lead-1")],
    );
    expect(rows).toEqual([]);
  });

  test("takes whoever opens it out of every round of the case, whatever their role, and nobody else", async () => {
    const caseId = await take();
    await open(people.lead, caseId);
    await open(people.auditor, caseId);
    await only(caseId, async () => {
      const answer = await people.lead.call("queue.claimNext", {});
      expect(answer.data).toMatchObject({ state: "empty" });
      expect((await claimWork(people.lead2)).caseId).toBe(caseId);
    });
    const { rows } = await app.superuser.query(
      "select staff_id, round, how from app.involvement where case_id = $1",
      [caseId],
    );
    const visit = { round: "any", how: "case_page" };
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining([
        { staff_id: app.staffId("lead-1"), ...visit },
        { staff_id: app.staffId("auditor-1"), ...visit },
      ]),
    );
    await people.lead2.call("queue.pause", {});
  });

  test("an auditor who read it judges no round of it as a reviewer later", async () => {
    const caseId = await take();
    await open(people.auditor, caseId);
    const become = async (role: string) =>
      app.superuser.query("update app.staff set role = $1 where id = $2", [
        role,
        app.staffId("auditor-1"),
      ]);
    await become("reviewer");
    await only(caseId, async () => {
      const answer = await people.auditor.call("queue.claimNext", {});
      expect(answer).toMatchObject({ status: 200, data: { state: "empty" } });
    });
    await become("auditor");
  });

  test("is closed to a lead who holds the case, and to one who has sealed in the open cycle", async () => {
    const caseId = await take();
    await only(caseId, async () => {
      const work = await claimWork(people.lead2);
      const closed = { status: 409, refusal: "may_still_judge", data: undefined };
      expect(await people.lead2.call("cases.page", { caseId })).toMatchObject(closed);
      await sealAll(people.lead2, work, 3);
      await people.lead2.call("queue.pause", {});
      expect(await people.lead2.call("cases.page", { caseId })).toMatchObject(closed);
    });
    const { rows } = await app.superuser.query(
      "select how from app.involvement where case_id = $1 and how = 'case_page'",
      [caseId],
    );
    expect(rows).toEqual([]);
  });

  test("of a case that there isn't is not found", async () => {
    const answer = await people.lead.call("cases.page", { caseId: "cas_nobody" });
    expect(answer).toMatchObject({ status: 404, refusal: "not_found" });
  });
});

describe("what the machine had said", () => {
  test("stays closed before the case is settled, without a trace of a reveal", async () => {
    const caseId = await take();
    const before = (await app.events("score.reveal")).length;
    const answer = await people.lead.call("cases.machineView", { caseId });
    expect(answer).toMatchObject({ status: 409, refusal: "conflict", data: undefined });
    await only(caseId, async () => {
      await judge(people.one, await claimWork(people.one), DISTINCT);
    });
    const during = await people.lead.call("cases.machineView", { caseId });
    expect(during).toMatchObject({ status: 409, refusal: "conflict", data: undefined });
    const reveals = (await app.events("score.reveal")).slice(before);
    expect(reveals.every((event) => !("purpose" in event))).toBe(true);
  });

  test("opens once it is settled, one event an account, and takes the lead out of judging it again", async () => {
    const caseId = await take();
    await decide(caseId, [[people.one, DISTINCT]]);
    const answer = await people.lead.call("cases.machineView", { caseId });
    const view = machineViewOutput.parse(answer.data);
    expect(view.machine).toMatchObject({ recommendation: "same_person", threshold: 95 });
    expect(view.candidates).toMatchObject([{ similarity: 97.2, rank: 1 }]);
    const events = (await app.events("score.reveal")).filter((event) => "purpose" in event);
    expect(events).toMatchObject([
      { case: caseId, purpose: { code: "settled_case" }, round: "first" },
      { case: caseId, candidate: view.candidates[0]?.candidateId },
    ]);
    const { rows } = await app.superuser.query(
      "select round, how from app.involvement where case_id = $1 and staff_id = $2",
      [caseId, app.staffId("lead-1")],
    );
    expect(rows).toEqual([{ round: "any", how: "revealed" }]);
    const refused = await app.withoutLog(() => people.lead2.call("cases.machineView", { caseId }));
    expect(refused).toMatchObject({ status: 503, refusal: "log_unavailable", data: undefined });
  });
});

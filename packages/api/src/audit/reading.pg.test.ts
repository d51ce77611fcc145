import { fromBase64, toBase64 } from "@secondlook/audit/bytes";
import { parseVerifierKey } from "@secondlook/audit/note-key";
import { formatProof, parseProof, verifyProof } from "@secondlook/audit/proof";
import { seedCase } from "@secondlook/testkit/cases/seed-case";
import type { Browser } from "@secondlook/testkit/api/browser";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { auditMineOutput, auditProofOutput, auditQueryOutput } from "../schemas/audit.ts";

const ANYTHING = {
  purpose: "routine_review",
  kind: null,
  who: null,
  caseId: null,
  subjectId: null,
  from: null,
  to: null,
  cursor: null,
};
/** Not NFC, right to left, and an override that would turn the line around. */
const NAME = "Ade\u0301la \u202eعليّ بن محمد";

type QueryPage = z.output<typeof auditQueryOutput>;

let app: TestApp;
let auditor: Browser;
let caseId: string;
let subjectId: string;
beforeAll(async () => {
  app = await createTestApp();
  const made = await seedCase(app.deps.db, { vault: app.deps.vault });
  ({ caseId } = made);
  auditor = await app.signIn("auditor-1");
  const lead = await app.signIn("lead-1");
  await app.superuser.query("update app.staff set display_name = $1 where handle = 'lead-1'", [
    NAME,
  ]);
  for (let index = 0; index < 60; index += 1) {
    const input = { id: caseId, region: null, outcome: null, from: null, to: null, cursor: null };
    await lead.call("cases.search", input);
  }
  const [searched] = await app.events("case.search");
  subjectId = String(searched?.["subject"]);
  await app.sequence();
}, 60_000);
afterAll(() => app[Symbol.asyncDispose]());
beforeEach(() => app.sequence());

const ask = (more: object = {}, who = auditor) => who.call("audit.query", { ...ANYTHING, ...more });
async function find(more: object = {}): Promise<QueryPage> {
  const answer = await ask(more);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.message}`);
  return auditQueryOutput.parse(answer.data);
}
const openEvent = (row: { eid: string; index: number }) =>
  auditor.call("audit.proof", { purpose: "incident", eid: row.eid, index: row.index });

describe("a page of the log", () => {
  test("stands in the log itself, once a page, with purpose, filters and limit", async () => {
    const before = (await app.events()).length;
    await find({ kind: "case.search", caseId, subjectId, who: "lead-1", from: "2026-01-31" });
    expect((await app.events()).slice(before)).toMatchObject([
      {
        kind: "audit.query",
        actor: { id: app.staffId("auditor-1"), role: "auditor" },
        purpose: { code: "routine_review" },
        fields: ["kind.case.search", "who", "case", "subject", "from.20260131"],
        case: caseId,
        subject: subjectId,
        user: app.staffId("lead-1"),
        page: 1,
        count: 50,
      },
    ]);
  });

  test("is not answered where it can't be recorded", async () => {
    const answer = await app.withoutLog(() => ask());
    expect(answer).toMatchObject({ status: 503, refusal: "log_unavailable", data: undefined });
    expect(JSON.stringify(answer.body)).not.toMatch(/cas_|usr_|case\.search/);
  });

  test("needs a purpose of the list, and filters that can be", async () => {
    for (const wrong of [
      { purpose: null },
      { purpose: "curiosity" },
      { caseId: "sub_1" },
      { from: "yesterday" },
      { cursor: { before: -1, page: 2 } },
    ]) {
      expect(await ask(wrong)).toMatchObject({ status: 400, data: undefined });
    }
    expect(await ask({ who: "nobody-1" })).toMatchObject({
      status: 400,
      message: expect.stringContaining("No account is called that"),
    });
  });

  test("belongs to auditors", async () => {
    for (const handle of ["reviewer-1", "lead-1", "privacy-1", "admin-1"]) {
      expect(await ask({}, await app.signIn(handle))).toMatchObject({ status: 403 });
    }
    expect(await ask({}, app.nobody)).toMatchObject({ status: 401 });
  });

  test("follows the one before without gap or repeat, also while the log grows", async () => {
    const seen: number[] = [];
    let cursor: QueryPage["nextCursor"] = null;
    let pages = 0;
    const { rows } = await app.superuser.query<{ idx: string }>(
      "select idx from audit.entry order by idx desc",
    );
    do {
      const page: QueryPage = await find({ cursor });
      pages += 1;
      expect(page.page).toBe(pages);
      seen.push(...page.rows.map(({ index }) => index));
      cursor = page.nextCursor;
      await app.sequence();
    } while (cursor !== null);
    expect(pages).toBeGreaterThan(1);
    expect(seen).toEqual(rows.map(({ idx }) => Number(idx)));
    expect((await app.events("audit.query")).at(-1)).toMatchObject({ page: pages });
  });

  test("is narrowed down by kind, who, case, account and days", async () => {
    const all = await find();
    expect(all.rows.length).toBe(50);
    const byKind = await find({ kind: "session.start" });
    expect(new Set(byKind.rows.map(({ kind }) => kind))).toEqual(new Set(["session.start"]));
    for (const who of ["lead-1", app.staffId("lead-1")]) {
      const { rows } = await find({ who, caseId });
      expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([app.staffId("lead-1")]));
      expect(rows.every((row) => row.caseId === caseId && row.subjectId === subjectId)).toBe(true);
    }
    expect((await find({ subjectId: "sub_none" })).rows).toEqual([]);
    const day = all.rows[0]?.at.slice(0, 10);
    expect((await find({ from: day, to: day })).rows.length).toBe(50);
    expect((await find({ to: "2020-01-01" })).rows).toEqual([]);
    expect((await find({ from: "2120-01-01" })).rows).toEqual([]);
  });

  test("shows names as the directory has them, byte for byte", async () => {
    const { rows } = await find({ who: "lead-1" });
    expect(rows[0]?.name).toBe(NAME);
  });

  test("takes the asker out of judging the cases that it tells of", async () => {
    await find({ caseId });
    const { rows } = await app.superuser.query(
      "select how from app.involvement where staff_id = $1 and case_id = $2",
      [app.staffId("auditor-1"), caseId],
    );
    expect(rows).toEqual([{ how: "case_page" }]);
  });
});

describe("one event", () => {
  test("comes with its exact bytes and a proof that anybody can check", async () => {
    const [row] = (await find({ kind: "case.search" })).rows;
    if (row === undefined) throw new Error("nothing found");
    const opened = auditProofOutput.parse((await openEvent(row)).data);
    const leaf = fromBase64(opened.leaf) ?? new Uint8Array();
    const { rows } = await app.superuser.query<{ leaf: Buffer }>(
      "select e.leaf from audit.position p join audit.event e on e.id = p.event_id where p.idx = $1",
      [row.index],
    );
    expect(toBase64(new Uint8Array(rows[0]?.leaf ?? []))).toBe(opened.leaf);
    const key = parseVerifierKey(opened.key);
    const proven = await verifyProof(opened.proof ?? "", key, { leaf });
    expect(proven.index).toBe(row.index);

    const tampered = Uint8Array.from(leaf);
    tampered[20] = (tampered[20] ?? 0) ^ 1;
    await expect(verifyProof(opened.proof ?? "", key, { leaf: tampered })).rejects.toThrow(
      "does not show that this event stands in the log",
    );
    const parts = parseProof(opened.proof ?? "");
    const moved = formatProof({ ...parts, index: parts.index - 1 });
    await expect(verifyProof(moved, key, { leaf })).rejects.toThrow(
      "does not show that this event stands in the log",
    );
  });

  test("is proven in a log of several tiles as well, at any place", async () => {
    await app.superuser.query(
      `select audit.append_many(array(select convert_to(
         '{"actor":{"id":"sys_server","role":"system"},"at":"2026-01-02T03:04:05.678Z","eid":"' || n
         || '","kind":"emitter.start","outcome":"allowed"}', 'UTF8') from generate_series(1, 600) n))`,
    );
    await app.sequence();
    const { rows } = await find({ kind: "case.search" });
    for (const row of [rows.at(0), rows.at(-1)]) {
      if (row === undefined) throw new Error("nothing found");
      const opened = auditProofOutput.parse((await openEvent(row)).data);
      const proven = await verifyProof(opened.proof ?? "", parseVerifierKey(opened.key));
      expect(proven.index).toBe(row.index);
    }
  });

  test("is recorded before it is shown, and not shown where it can't be", async () => {
    const [row] = (await find({ kind: "case.search" })).rows;
    if (row === undefined) throw new Error("nothing found");
    const answer = await app.withoutLog(() => openEvent(row));
    expect(answer).toMatchObject({ status: 503, data: undefined });
    await openEvent(row);
    expect((await app.events("audit.proof")).at(-1)).toMatchObject({
      event: row.eid,
      purpose: { code: "incident" },
    });
  });

  test("is not found under another's place", async () => {
    const [row, other] = (await find({ kind: "case.search" })).rows;
    if (row === undefined || other === undefined) throw new Error("nothing found");
    expect(await openEvent({ eid: row.eid, index: other.index })).toMatchObject({ status: 404 });
  });

  test("has no proof yet while no signed head covers it", async () => {
    const [row] = (await find({ kind: "case.search" })).rows;
    if (row === undefined) throw new Error("nothing found");
    await app.superuser.query("alter table audit.checkpoint disable trigger refuse_change");
    const { rows } = await app.superuser.query<{ size: string }>(
      "update audit.checkpoint set size = size - 1000000 returning size",
    );
    expect(rows.length).toBeGreaterThan(0);
    const opened = auditProofOutput.parse((await openEvent(row)).data);
    expect(opened.proof).toBeNull();
    await app.superuser.query("update audit.checkpoint set size = size + 1000000");
  });
});

describe("one's own trail", () => {
  test("shows a person their own events and nobody else's, and is recorded", async () => {
    const reviewer = await app.signIn("reviewer-1");
    await app.sequence();
    const answer = await reviewer.call("audit.mine", { cursor: null });
    const { rows } = auditMineOutput.parse(answer.data);
    expect(rows.map(({ kind }) => kind)).toContain("session.start");
    const { rows: own } = await app.superuser.query<{ eid: string }>(
      "select eid from audit.entry where actor = $1 order by idx desc",
      [app.staffId("reviewer-1")],
    );
    expect(rows.map(({ eid }) => eid)).toEqual(own.map(({ eid }) => eid));
    expect((await app.events("audit.query")).at(-1)).toMatchObject({
      actor: { id: app.staffId("reviewer-1") },
      user: app.staffId("reviewer-1"),
      purpose: { code: "own_trail" },
    });
    expect(await app.withoutLog(() => reviewer.call("audit.mine", { cursor: null }))).toMatchObject(
      { status: 503, data: undefined },
    );
  });
});

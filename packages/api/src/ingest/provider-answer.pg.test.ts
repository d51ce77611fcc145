import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, expect, test } from "vitest";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const ANSWER = {
  FaceMatches: [{ Similarity: 97.2, Face: { FaceId: "face-of-somebody", NewField: [null, -0.5] } }],
  FaceModelVersion: "7.0",
};

function withAnswer(externalId: string, answer: unknown): string {
  const body = caseBody({ externalId });
  return JSON.stringify({ ...body, matcher: { ...body.matcher, answer } });
}
const send = (externalId: string, answer: unknown): Promise<Response> =>
  app.sendCase(withAnswer(externalId, answer), plainFiles(caseBody({ externalId })));

test("the provider's answer is kept whole, encrypted for the probe, where the application can't read it", async () => {
  const before = (await app.events()).length;
  expect((await send("kept", ANSWER)).status).toBe(201);
  const { rows } = await app.superuser.query<{
    run_id: string;
    answer: Uint8Array;
    subject_id: string;
    wrapped_key: Uint8Array;
  }>(
    `select a.run_id, a.answer, v.subject_id, s.wrapped_key from sealed.provider_answer a
     join sealed.matcher_run r on r.id = a.run_id join app.review_case c on c.id = r.case_id
     join app.verification v on v.id = c.probe_id join app.subject s on s.id = v.subject_id`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("no answer was kept");
  expect(Buffer.from(row.answer).toString("latin1")).not.toContain("FaceMatches");
  const key = await app.deps.vault.openSubjectKey({
    wrapped: Uint8Array.from(row.wrapped_key),
    subjectId: row.subject_id,
  });
  const context = { object: row.run_id, purpose: "provider_answer" };
  expect(await key.decryptJson(Uint8Array.from(row.answer), context)).toEqual(ANSWER);
  const mayRead = await app.superuser.query(
    "select has_table_privilege('secondlook_app', 'sealed.provider_answer', 'select') as may",
  );
  expect(mayRead.rows).toEqual([{ may: false }]);
  const events = (await app.events()).slice(before);
  expect(JSON.stringify(events)).not.toMatch(/face-of-somebody|97\.2/);
});

test("it is part of the body: the same again is a repeat, another one differs at one pointer", async () => {
  expect((await send("again", ANSWER)).status).toBe(201);
  expect((await send("again", ANSWER)).status).toBe(200);
  const other = await send("again", { ...ANSWER, FaceModelVersion: "6.0" });
  expect(other.status).toBe(409);
  expect(await other.json()).toMatchObject({ errors: [{ pointer: "/matcher/answer" }] });
});

test("one that is no object, or that no encoding can write, is refused", async () => {
  for (const [answer, pointer] of [
    ["text", "/matcher/answer"],
    [[1], "/matcher/answer"],
    [{ a: [{ b: "\ud800" }] }, "/matcher/answer/a/0/b"],
    [{ a: { "\udc00": 1 } }, "/matcher/answer/a"],
  ] as const) {
    const response = await send("refused", answer);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer }] });
  }
});

import { plainPhoto } from "@secondlook/testkit/api/plain-preparer";
import type { TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp, runBody, sendMessage, stateOf, takeCase } from "../../test-support/upstream.ts";

const WITHDRAWAL = { by: "upstream", reason: "sent_in_error" };

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** What a message leaves behind. */
async function traces(caseId: string): Promise<unknown> {
  const { rows } = await app.superuser.query(
    `select (select count(*)::int from sealed.matcher_run r where r.case_id = $1) as runs,
       (select count(*)::int from app.candidate k where k.case_id = $1) as candidates,
       (select count(*)::int from app.case_update u where u.case_id = $1) as updates,
       (select cycle from app.review_case c where c.id = $1) as cycle`,
    [caseId],
  );
  return rows[0];
}

test("the same key and message get the same answer again, and the message counts once", async () => {
  const caseId = await takeCase(app, "same");
  const { body, files } = runBody(["same-a", "same-b"]);
  const idempotencyKey = "same-key";
  const first = await sendMessage(app, caseId, "matcher-runs", body, { files, idempotencyKey });
  const after = await traces(caseId);
  expect(after).toEqual({ runs: 2, candidates: 3, updates: 1, cycle: 2 });
  // Key order is not part of a body.
  const turned = JSON.stringify(Object.fromEntries(Object.entries(body).toReversed()));
  const again = await sendMessage(app, caseId, "matcher-runs", turned, { files, idempotencyKey });
  expect(again).toMatchObject({ status: first.status, body: first.body });
  expect(first.headers.get("idempotent-replayed")).toBeNull();
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  expect(await traces(caseId)).toEqual(after);
  expect((await app.events("case.repeat")).at(-1)).toMatchObject({ case: caseId });
});

test("the same key with another body, file, case or route is refused, and nothing is taken", async () => {
  const caseId = await takeCase(app, "other");
  const elsewhere = await takeCase(app, "elsewhere");
  const { body, files } = runBody(["other-a"]);
  const options = { files, idempotencyKey: "other-key" };
  await sendMessage(app, caseId, "matcher-runs", body, options);
  const after = await traces(caseId);
  const changed = { ...body, matcher: { ...body.matcher, gallery: "elsewhere" } };
  const otherFiles = new Map([...files.keys()].map((ref) => [ref, plainPhoto(99)]));
  const refused = [
    await sendMessage(app, caseId, "matcher-runs", changed, options),
    await sendMessage(app, caseId, "matcher-runs", body, { ...options, files: otherFiles }),
    await sendMessage(app, elsewhere, "matcher-runs", body, options),
    await sendMessage(app, caseId, "withdrawal", WITHDRAWAL, { idempotencyKey: "other-key" }),
  ];
  for (const answer of refused) {
    expect(answer).toMatchObject({
      status: 409,
      pointers: [""],
      detail: expect.stringMatching(/^Something else was sent under this Idempotency-Key before\./),
    });
  }
  expect(await traces(caseId)).toEqual(after);
  expect(await traces(elsewhere)).toMatchObject({ updates: 0 });
});

test("a message without a key, or with one that is none, is told to send one", async () => {
  const caseId = await takeCase(app, "no-key");
  for (const idempotencyKey of [null, "", "x".repeat(256), "with space"]) {
    const answer = await sendMessage(app, caseId, "withdrawal", WITHDRAWAL, { idempotencyKey });
    expect(answer).toMatchObject({
      status: 400,
      detail: expect.stringMatching(/^Send an Idempotency-Key header/),
    });
  }
  expect(await stateOf(app, caseId)).toMatchObject({ stage: "in_review" });
});

test("each source has keys of its own, and a refused message leaves its key free", async () => {
  const other = await app.addSource("other-source");
  const caseId = await takeCase(app, "free");
  const idempotencyKey = "shared-key";
  const foreign = await sendMessage(app, caseId, "withdrawal", WITHDRAWAL, {
    idempotencyKey,
    key: other.key,
  });
  expect(foreign.status).toBe(404);
  const broken = await sendMessage(
    app,
    caseId,
    "withdrawal",
    { by: "upstream" },
    { idempotencyKey },
  );
  expect(broken).toMatchObject({ status: 422, pointers: ["/reason"] });
  const whole = await sendMessage(app, caseId, "withdrawal", WITHDRAWAL, { idempotencyKey });
  expect(whole).toMatchObject({ status: 201, effect: "withdrawn" });
});

test("one message sent ten times at once is taken once, and all are told the same", async () => {
  const caseId = await takeCase(app, "at-once");
  const { body } = runBody([]);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      sendMessage(app, caseId, "matcher-runs", body, { idempotencyKey: "at-once" }),
    ),
  );
  // A source has two places and eight that wait.
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  expect(new Set(answers.map(({ body: answer }) => JSON.stringify(answer))).size).toBe(1);
  expect(answers.filter(({ headers }) => headers.get("idempotent-replayed") === null)).toHaveLength(
    1,
  );
  expect(await traces(caseId)).toMatchObject({ runs: 2, updates: 1, cycle: 2 });
});

test("keys are kept for a week, as keyed hashes only, and what is older goes", async () => {
  const caseId = await takeCase(app, "week");
  const { body } = runBody([]);
  const send = (idempotencyKey: string) =>
    sendMessage(app, caseId, "matcher-runs", body, { idempotencyKey });
  await send("plain-text-key");
  const { rows } = await app.superuser.query("select * from app.idempotency");
  expect(JSON.stringify(rows)).not.toMatch(/plain-text-key|rekognition/);
  await app.clock.pass({ hours: 24 * 7 - 1 });
  expect((await send("plain-text-key")).headers.get("idempotent-replayed")).toBe("true");
  await app.clock.pass({ hours: 2 });
  expect((await send("plain-text-key")).headers.get("idempotent-replayed")).toBeNull();
  const left = await app.superuser.query("select count(*)::int as kept from app.idempotency");
  expect(left.rows).toEqual([{ kept: 1 }]);
});

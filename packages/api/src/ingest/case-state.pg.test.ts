import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { claimWork, judge } from "@secondlook/testkit/api/judge";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({
    policy: { ...POLICY_V1, base: { ...POLICY_V1.base, minimumViewSeconds: 0 } },
  });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function take(externalId: string): Promise<string> {
  const body = caseBody({ externalId });
  const response = await app.sendCase(body, plainFiles(body));
  return z.object({ caseId: z.string() }).parse(await response.json()).caseId;
}

function get(caseId: string, key = app.source.key): Promise<Response> {
  return app.nobody.fetch(`/v1/cases/${caseId}`, { headers: { authorization: `Bearer ${key}` } });
}

test("a source is told of its case: no round, no view and no decision before it is effective", async () => {
  const caseId = await take("one");
  const waiting: unknown = await (await get(caseId)).json();
  expect(waiting).toMatchObject({
    caseId,
    externalId: "one",
    subjectExternalId: "one-seller",
    stage: "in_review",
    captureRequest: null,
    decision: null,
  });
  for (const handle of ["reviewer-1", "reviewer-2"]) {
    const reviewer = await app.signIn(handle);
    await judge(reviewer, await claimWork(reviewer), {
      outcome: "duplicate",
      reason: "same_face",
      rationale: "A secret thought.",
    });
    // Decided by one, then by both within the undo window: upstream sees the same as before.
    expect(await (await get(caseId)).json()).toEqual(waiting);
    await app.clock.pass({ seconds: 11 });
  }
  const response = await get(caseId);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    stage: "settled",
    decision: {
      outcome: "duplicate",
      reasons: [{ code: "same_face", words: "The faces are the same person's" }],
      findings: [{ externalId: "one-other-1", finding: "same" }],
      policyVersion: 1,
    },
  });
  expect(text).not.toMatch(/secret|usr_|97\.2|Nguy|rekognition|reviewer/);
});

test("every look of a source is an event, and none is answered without it", async () => {
  const caseId = await take("two");
  await get(caseId);
  expect((await app.events("case.view")).at(-1)).toMatchObject({
    case: caseId,
    actor: { id: app.source.id, role: "source" },
    purpose: { code: "upstream_state" },
  });
  const refused = await app.withoutLog(() => get(caseId));
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).not.toBeNull();
  expect(await refused.text()).not.toContain(caseId);
});

test("a case of another source, one that there isn't, and what is no id are all the same 404", async () => {
  const caseId = await take("three");
  const other = await app.addSource("other-market");
  const bodies: unknown[] = [];
  for (const [id, key] of [
    [caseId, other.key],
    ["cas_0000000000000000000000", other.key],
    ["nothing", other.key],
  ] as const) {
    const response = await get(id, key);
    expect(response.status).toBe(404);
    bodies.push(await response.json());
  }
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  const { length } = (await app.events("case.view")).filter((event) => event["case"] === caseId);
  expect(length).toBe(0);
});

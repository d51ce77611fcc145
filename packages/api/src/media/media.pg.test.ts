import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { type CaseBody, caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { claimNext, claimWork, judge, type Work } from "@secondlook/testkit/api/judge";
import { plainPhoto } from "@secondlook/testkit/api/plain-preparer";
import type { Browser } from "@secondlook/testkit/api/browser";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let app: TestApp;
let holder: Browser;
let work: Work;

beforeEach(async () => {
  app = await createTestApp({
    policy: { ...POLICY_V1, base: { ...POLICY_V1.base, minimumViewSeconds: 0 } },
  });
  await take("one");
  holder = await app.signIn("reviewer-1");
  work = await claimWork(holder);
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
});

async function take(externalId: string, change: Partial<CaseBody> = {}): Promise<void> {
  const body = caseBody({ externalId, change });
  expect((await app.sendCase(body, plainFiles(body))).status).toBe(201);
}

/** The address of a piece of evidence under a lease: the probe's ID photo unless told otherwise. */
function address(
  of: { evidenceId?: string; rendition?: string; caseId?: string; fence?: number | string } = {},
): string {
  const {
    evidenceId = idPhoto(work),
    rendition = "face",
    caseId = work.caseId,
    fence = work.fence,
  } = of;
  return `/media/${evidenceId}/${rendition}?case=${caseId}&fence=${fence}`;
}

function idPhoto({ probe }: Work): string {
  const found = probe.evidence.find((each) => each.kind === "id_photo");
  if (found === undefined) throw new Error("the case has no ID photo");
  return found.evidenceId;
}

/** Refused with this status, no byte of evidence, and no event that says it was released. */
async function expectClosed(
  ask: () => Promise<Response>,
  status: number,
  refusal: string,
): Promise<void> {
  const before = await app.events("media.read");
  const response = await ask();
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toContain("application/json");
  expect(await response.json()).toMatchObject({ refusal });
  expect(await app.events("media.read")).toHaveLength(before.length);
}

describe("the holder of a lease", () => {
  test("gets the whole rendition, and nothing may keep, sniff, split or frame it", async () => {
    const response = await holder.fetch(address());
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      "accept-ranges": "none",
      "cache-control": "no-store",
      "content-disposition": "inline",
      "content-length": "12",
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "image/jpeg",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
    const label = new TextEncoder().encode("/face");
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([...plainPhoto(0), ...label]);
  });

  test("leaves one event for each request, with what was released and why", async () => {
    await holder.fetch(address());
    await holder.fetch(address({ rendition: "detail" }));
    const events = await app.events("media.read");
    expect(events).toMatchObject([
      {
        case: work.caseId,
        asset: idPhoto(work),
        rendition: "face",
        fence: work.fence,
        cycle: 1,
        round: "first",
        purpose: { code: "review" },
        actor: { id: app.staffId("reviewer-1"), role: "reviewer" },
      },
      { rendition: "detail" },
    ]);
    expect(String(events[0]?.["subject"])).toMatch(/^sub_/);
  });

  test("gets the evidence of the candidates shown, under each one's own subject", async () => {
    const [candidate] = work.candidates;
    const evidenceId = candidate?.evidence[0]?.evidenceId ?? "";
    expect((await holder.fetch(address({ evidenceId }))).status).toBe(200);
    await holder.fetch(address());
    const subjects = (await app.events("media.read")).map((event) => event["subject"]);
    expect(new Set(subjects).size).toBe(2);
  });

  test("gets the whole object whatever range is asked for, so that one request is one event", async () => {
    const response = await holder.fetch(address(), { headers: { range: "bytes=0-1" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-range")).toBeNull();
    expect((await response.arrayBuffer()).byteLength).toBe(12);
  });

  test("gets no HEAD, which would tell of an object without an event", async () => {
    const response = await holder.fetch(address(), { method: "HEAD" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET");
    expect(response.headers.get("content-length")).toBeNull();
    expect(await app.events("media.read")).toEqual([]);
  });

  test("never gets the original", async () => {
    await expectClosed(
      () => holder.fetch(address({ rendition: "original" })),
      400,
      "invalid_input",
    );
  });

  test("gets no byte while the log can't be written: the event comes first", async () => {
    const ask = (): Promise<Response> => app.withoutLog(() => holder.fetch(address()));
    await expectClosed(ask, 503, "log_unavailable");
    expect((await holder.fetch(address())).status).toBe(200);
  });

  test("reads what is kept ready for them as a prefetch", async () => {
    await take("two");
    const claimed = await claimNext(holder);
    const reserved = claimed.state === "work" ? claimed.reserved : null;
    if (reserved === null) throw new Error("nothing was reserved");
    const { caseId, fence } = reserved;
    const response = await holder.fetch(address({ evidenceId: idPhoto(reserved), caseId, fence }));
    expect(response.status).toBe(200);
    expect((await app.events("media.read")).at(-1)).toMatchObject({
      case: caseId,
      purpose: { code: "prefetch" },
    });
  });
});

describe("without the lease nothing is released", () => {
  test.each([
    ["a fencing number that was never given", { fence: 999_999 }],
    ["another case's id", { caseId: "cas_another" }],
    ["evidence that there isn't", { evidenceId: "evd_nothing" }],
    ["a rendition that this evidence doesn't have", { rendition: "clip" }],
  ])("for %s", async (_, of) => {
    await expectClosed(() => holder.fetch(address(of)), 409, "lease_lost");
    expect((await app.events("access.denied")).at(-1)).toMatchObject({ action: "media.read" });
  });

  test.each([
    ["no number", { fence: "x" }],
    ["a number below 1", { fence: 0 }],
    ["ids of another kind", { evidenceId: "cas_1" }],
    ["a path in place of an id", { evidenceId: "..%2f..%2fetc" }],
  ])("for an address with %s", async (_, of) => {
    await expectClosed(() => holder.fetch(address(of)), 400, "invalid_input");
  });

  test("to a colleague who shows the holder's own number", async () => {
    const colleague = await app.signIn("reviewer-2");
    await expectClosed(() => colleague.fetch(address()), 409, "lease_lost");
  });

  test("to a lead, an auditor, an administrator or nobody", async () => {
    const lead = await app.signIn("lead-1");
    await expectClosed(() => lead.fetch(address()), 409, "lease_lost");
    for (const handle of ["auditor-1", "privacy-1", "admin-1"]) {
      const other = await app.signIn(handle);
      await expectClosed(() => other.fetch(address()), 403, "forbidden");
    }
    await expectClosed(() => app.nobody.fetch(address()), 401, "signed_out");
  });

  test("after the lease ran out, and with the former number after it was retaken", async () => {
    await app.clock.pass({ seconds: 121 });
    await expectClosed(() => holder.fetch(address()), 409, "lease_lost");
    const again = await claimWork(holder);
    expect(again.caseId).toBe(work.caseId);
    await expectClosed(() => holder.fetch(address()), 409, "lease_lost");
    expect((await holder.fetch(address({ fence: again.fence }))).status).toBe(200);
  });

  test("after it was given back, and after the decision", async () => {
    await holder.call("queue.pause", {});
    await expectClosed(() => holder.fetch(address()), 409, "lease_lost");
    const colleague = await app.signIn("reviewer-2");
    const theirs = await claimWork(colleague);
    const [evidenceId, { fence }] = [idPhoto(theirs), theirs];
    await judge(colleague, theirs, { outcome: "distinct", reason: "different_face" });
    await expectClosed(() => colleague.fetch(address({ evidenceId, fence })), 409, "lease_lost");
  });

  test("of a case beside the one held, also to the holder of that one", async () => {
    await take("two", { region: "AE" });
    const other = await app.superuser.query<{ id: string }>(
      `select e.id from app.evidence e join app.review_case c on c.probe_id = e.verification_id
       where c.external_id = 'two' limit 1`,
    );
    const evidenceId = other.rows[0]?.id ?? "";
    expect(evidenceId).toMatch(/^evd_/);
    await expectClosed(() => holder.fetch(address({ evidenceId })), 409, "lease_lost");
  });

  test("of a candidate that the policy does not show", async () => {
    await app.superuser.query("delete from app.shown_candidate");
    const evidenceId = work.candidates[0]?.evidence[0]?.evidenceId ?? "";
    await expectClosed(() => holder.fetch(address({ evidenceId })), 409, "lease_lost");
  });
});

test("evidence whose key was destroyed, or whose object is gone or was tampered with, is not released", async () => {
  const { rows } = await app.superuser.query<{ object_id: string }>(
    "select object_id from app.rendition where evidence_id = $1 and name = 'face'",
    [idPhoto(work)],
  );
  const object = rows[0]?.object_id ?? "";
  const sealed = await app.deps.objects.get(object);
  if (sealed === undefined) throw new Error("the object is not there");
  const tampered = sealed.slice();
  tampered[tampered.length - 1] = (tampered.at(-1) ?? 0) ^ 1;
  await app.deps.objects.put(object, tampered);
  const broken = await holder.fetch(address());
  expect(broken.status).toBe(500);
  expect(await broken.text()).not.toMatch(/tampered|obj_|stack/);
  await app.deps.objects.delete(object);
  await expectClosed(() => holder.fetch(address()), 404, "not_found");
  await app.deps.objects.put(object, sealed);
  expect((await holder.fetch(address())).status).toBe(200);
  await app.superuser.query("update app.subject set wrapped_key = null, erased_at = now()");
  await expectClosed(() => holder.fetch(address()), 404, "not_found");
});

import {
  type CaseBody,
  caseBody,
  caseForm,
  plainFiles,
} from "@secondlook/testkit/api/case-payload";
import { plainPhoto } from "@secondlook/testkit/api/plain-preparer";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

const problemSchema = z.object({
  status: z.int(),
  detail: z.string().min(20),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string().min(5) })),
});

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});
// Of more than 20 a minute the log has only their count.
beforeEach(() => app.clock.pass({ minutes: 2 }));

const BODY = caseBody({ externalId: "refused", similarities: [97.2, 91] });
const [ONE, TWO] = BODY.candidates;
if (ONE === undefined || TWO === undefined) throw new Error("two candidates were asked for");

/** Refused with this status and these pointers, with an event, and without a trace besides. */
async function expectRefused(
  response: Response,
  expected: { readonly status: number; readonly pointers?: readonly string[] },
): Promise<z.output<typeof problemSchema>> {
  const problem = problemSchema.parse(await response.json());
  expect({ status: response.status, pointers: problem.errors.map((each) => each.pointer) }).toEqual(
    {
      status: expected.status,
      pointers: expected.pointers ?? [],
    },
  );
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(problem.status).toBe(expected.status);
  const { rows } = await app.superuser.query(
    "select from app.review_case union all select from app.subject union all select from app.verification",
  );
  expect(rows).toEqual([]);
  expect(await Array.fromAsync(app.deps.objects.list())).toEqual([]);
  return problem;
}

async function expectEvent(reason: string): Promise<void> {
  const event = (await app.events("case.refuse")).at(-1);
  expect(event).toMatchObject({ outcome: "denied", reason, source: app.source.id });
}

function post(body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return app.nobody.fetch("/v1/cases", {
    method: "POST",
    headers: { authorization: `Bearer ${app.source.key}`, ...headers },
    body,
  });
}

describe("values of the case", () => {
  const cases: readonly [string, Partial<CaseBody>, ...string[]][] = [
    [
      "a search without its threshold",
      { matcher: without(BODY.matcher, "threshold") },
      "/matcher/threshold",
    ],
    [
      "a threshold over the scale",
      { matcher: { ...BODY.matcher, scoreScale: "0-1" } },
      "/matcher/threshold",
      "/candidates/0/similarity",
      "/candidates/1/similarity",
    ],
    [
      "a threshold where there is no scale",
      { matcher: { ...BODY.matcher, scoreScale: "none" }, candidates: [] },
      "/matcher/threshold",
    ],
    [
      "a capture before its consent",
      { capture: { ...BODY.capture, capturedAt: "2026-11-02T08:59:59Z" } },
      "/capture/capturedAt",
    ],
    [
      "a candidate's capture before its consent",
      {
        candidates: [
          ONE,
          { ...TWO, capture: { ...TWO.capture, capturedAt: "2020-01-01T00:00:00Z" } },
        ],
      },
      "/candidates/1/capture/capturedAt",
    ],
    [
      "consent without its time",
      { capture: without(BODY.capture, "consentedAt") },
      "/capture/consentedAt",
    ],
    [
      "an empty notice",
      { capture: { ...BODY.capture, noticeVersion: "" } },
      "/capture/noticeVersion",
    ],
    [
      "a candidate that is the probe",
      { candidates: [ONE, { ...TWO, subject: BODY.subject }] },
      "/candidates/1/subject/externalId",
    ],
    [
      "a candidate named twice",
      { candidates: [ONE, { ...TWO, subject: ONE.subject }] },
      "/candidates/1/subject/externalId",
    ],
    [
      "a ref used twice",
      { candidates: [ONE, { ...TWO, evidence: ONE.evidence }] },
      "/candidates/1/evidence/0/ref",
    ],
    [
      "a ref used twice but for capital letters",
      {
        evidence: [
          { ref: "id", kind: "id_photo" },
          { ref: "ID", kind: "profile_photo" },
        ],
      },
      "/evidence/1/ref",
    ],
    [
      "a ref that begins with a dash",
      { evidence: [{ ref: "-x", kind: "id_photo" }] },
      "/evidence/0/ref",
    ],
    ["no evidence of the probe", { evidence: [] }, "/evidence"],
    [
      "a face box on a clip",
      {
        evidence: [
          {
            ref: "clip",
            kind: "face_clip",
            faceBox: { left: 0, top: 0, width: 1, height: 1, space: "upright" },
          },
        ],
      },
      "/evidence/0/faceBox",
    ],
    ["an id with white space", { externalId: "two words" }, "/externalId"],
    ["a region that is no code", { region: "Vietnam" }, "/region"],
    ["an instant without its offset", { flaggedAt: "2026-11-02T09:14:03" }, "/flaggedAt"],
    ["an instant in the year 0", { flaggedAt: "0000-01-01T00:00:00Z" }, "/flaggedAt"],
    [
      "a birth date that no calendar has",
      attributes({ dateOfBirth: "1991-02-30" }),
      "/subject/attributes/dateOfBirth",
    ],
    ["a NUL in a name", attributes({ fullName: "Ánh\u0000" }), "/subject/attributes/fullName"],
    [
      "a line break in a name",
      attributes({ fullName: "Ánh\nadmin" }),
      "/subject/attributes/fullName",
    ],
    [
      "a lone surrogate in a name",
      attributes({ fullName: "Ánh\ud800" }),
      "/subject/attributes/fullName",
    ],
    ["a name of white space", attributes({ fullName: " \u00a0" }), "/subject/attributes/fullName"],
    [
      "a name that shows nothing",
      attributes({ fullName: "\u200b\u3164" }),
      "/subject/attributes/fullName",
    ],
    [
      "a name with no character in it",
      attributes({ fullName: "Ánh\uffff" }),
      "/subject/attributes/fullName",
    ],
  ];

  test.each(cases)("%s", async (_, change, ...pointers) => {
    const body = { ...BODY, ...change };
    const response = await app.sendCase(body, plainFiles(body));
    const problem = await expectRefused(response, { status: 422, pointers });
    await expectEvent("case_invalid");
    expect(JSON.stringify(problem)).not.toMatch(/Ánh|1991|two words|Vietnam/);
  });

  test("21 candidates", async () => {
    const body = caseBody({
      externalId: "many",
      similarities: Array.from({ length: 21 }, () => 90),
    });
    await expectRefused(await app.sendCase(body, plainFiles(body)), {
      status: 422,
      pointers: ["/candidates"],
    });
  });

  test("fields that are not known, each by its name, also those of JavaScript's own", async () => {
    const text = JSON.stringify(BODY).replace(
      '"externalId":"refused"',
      '"externalId":"refused","score/s":1,"__proto__":{"a":1},"toString":"x"',
    );
    const response = await app.sendCase(text, plainFiles(BODY));
    const problem = await expectRefused(response, {
      status: 422,
      pointers: ["/score~1s", "/__proto__", "/toString"],
    });
    expect(problem.detail).toContain("3 values");
  });

  test("a case that is no object", async () => {
    for (const text of ["[]", "null", '"case"', "7"]) {
      await expectRefused(await app.sendCase(text, new Map()), { status: 422, pointers: [""] });
    }
  });

  test("a case nested without end", async () => {
    const text = `{"subject":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    const response = await app.sendCase(text, new Map());
    expect(response.status).toBe(422);
  });
});

describe("files", () => {
  test("one that is missing, by the pointer of its ref", async () => {
    const files = plainFiles(BODY);
    files.delete("c2-id");
    const response = await app.sendCase(BODY, files);
    await expectRefused(response, { status: 422, pointers: ["/candidates/1/evidence/0/ref"] });
    await expectEvent("files_do_not_match");
  });

  test("one that nothing refers to, without repeating its name", async () => {
    const files = plainFiles(BODY).set("passport-of-anh", plainPhoto());
    const response = await app.sendCase(BODY, files);
    const problem = await expectRefused(response, { status: 422, pointers: ["/evidence"] });
    expect(JSON.stringify(problem)).not.toContain("anh");
    expect(problem.errors?.[0]?.detail).toContain(`Part ${files.size + 1} of the request`);
  });

  test("one of a kind that is not taken: 415 where that is all, with every pointer", async () => {
    const files = plainFiles(BODY)
      .set("id", Uint8Array.of(1, 2, 3))
      .set("c2-id", Uint8Array.of(4, 5, 6));
    await expectRefused(await app.sendCase(BODY, files), {
      status: 415,
      pointers: ["/evidence/0", "/candidates/1/evidence/0"],
    });
    await expectEvent("evidence_refused");
  });

  test("two under one name", async () => {
    const form = caseForm(BODY, plainFiles(BODY));
    form.append("id", new Blob([plainPhoto()]), "id");
    await expectRefused(await post(form), { status: 422, pointers: [""] });
    await expectEvent("part_twice");
  });

  test("more than 40", async () => {
    const files = new Map(Array.from({ length: 41 }, (_, index) => [`f${index}`, plainPhoto()]));
    await expectRefused(await app.sendCase(BODY, files), { status: 413 });
    await expectEvent("too_many_parts");
  });
});

describe("the request", () => {
  test("with a case part that is not JSON, not UTF-8, too long, or not the first", async () => {
    const pointers = [""];
    await expectRefused(await app.sendCase("{", new Map()), { status: 422, pointers });
    const comma = await app.sendCase('{\n  "Ánh": 1,\n}', new Map());
    const { errors } = await expectRefused(comma, { status: 422, pointers });
    expect(errors[0]?.detail).toBe("This is not JSON: look at line 3, column 1.");
    await expectEvent("case_not_json");
    const broken = new FormData();
    broken.append("case", new Blob([Uint8Array.of(34, 0xff, 34)]), "case.json");
    await expectRefused(await post(broken), { status: 422, pointers });
    await expectEvent("case_not_utf8");
    await expectRefused(await app.sendCase(" ".repeat(1024 * 1024 + 1), new Map()), {
      status: 413,
    });
    await expectEvent("case_part_too_large");
    const late = new FormData();
    late.append("id", new Blob([plainPhoto()]), "id");
    late.append("case", JSON.stringify(BODY));
    await expectRefused(await post(late), { status: 422, pointers });
    await expectEvent("case_part_missing");
  });

  test("that is no multipart form", async () => {
    const response = await post(JSON.stringify(BODY), { "content-type": "application/json" });
    await expectRefused(response, { status: 415 });
    await expectEvent("not_multipart");
  });

  test("whose multipart is broken or cut off", async () => {
    const whole = new Response(caseForm(BODY, plainFiles(BODY)));
    const type = whole.headers.get("content-type") ?? "";
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const cut = bytes.slice(0, Math.floor(bytes.length * 0.8));
    await expectRefused(await post(cut, { "content-type": type }), { status: 400 });
    await expectEvent("broken_multipart");
    const other = await post(bytes, { "content-type": "multipart/form-data; boundary=other" });
    await expectRefused(other, { status: 400 });
    const short = { "content-type": type, "content-length": String(bytes.length + 1) };
    await expectRefused(await post(bytes, short), { status: 400 });
    await expectEvent("body_cut_off");
    const none = await post("", { "content-type": type });
    await expectRefused(none, { status: 400 });
  });

  test("that is over 128 MB: refused by its announced length, and by its true one", async () => {
    const type = { "content-type": "multipart/form-data; boundary=x" };
    const announced = await post("x", { ...type, "content-length": String(129 * 1024 * 1024) });
    await expectRefused(announced, { status: 413 });
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(8 * 1024 * 1024));
      },
    });
    const init = {
      method: "POST",
      headers: { authorization: `Bearer ${app.source.key}`, ...type },
      body: endless,
      duplex: "half",
    };
    const request = new Request("http://secondlook.test/v1/cases", init);
    await expectRefused(await app.fetch(request), { status: 413 });
    await expectEvent("request_too_large");
    expect(pulled).toBeLessThan(25);
  });
});

describe("keys", () => {
  test("none, a wrong one, a revoked one and one that is no key: 401, and nothing of the case is read", async () => {
    const revoked = await app.addSource("gone");
    await app.superuser.query("update app.ingest_key set revoked_at = now() where source_id = $1", [
      revoked.id,
    ]);
    const before = (await app.events()).length;
    for (const authorization of [
      "",
      "Bearer wrong-key-wrong-key",
      `Bearer ${revoked.key}`,
      `Basic ${app.source.key}`,
    ]) {
      const response = await app.nobody.fetch("/v1/cases", {
        method: "POST",
        headers: authorization === "" ? {} : { authorization },
        body: caseForm(BODY, plainFiles(BODY)),
      });
      expect(response.headers.get("www-authenticate")).toContain("Bearer");
      await expectRefused(response, { status: 401 });
    }
    expect(await app.events()).toHaveLength(before);
  });

  test("a signed-in person is no source", async () => {
    const admin = await app.signIn("admin-1");
    const response = await admin.fetch("/v1/cases", {
      method: "POST",
      body: caseForm(BODY, plainFiles(BODY)),
    });
    await expectRefused(response, { status: 401 });
  });
});

function attributes(change: Partial<CaseBody["subject"]["attributes"]>): Partial<CaseBody> {
  return { subject: { ...BODY.subject, attributes: { ...BODY.subject.attributes, ...change } } };
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}

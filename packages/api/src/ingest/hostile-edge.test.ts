import { caseBody, caseForm, plainFiles } from "@secondlook/testkit/api/case-payload";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePayload } from "./parse-payload.ts";
import { Problem, problemResponse } from "./problem.ts";
import { readCaseParts } from "./read-case-parts.ts";
import { readJson } from "./read-json.ts";

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const BODY = caseBody({ externalId: "edge", similarities: [97.2, 91] });
const TEXT = JSON.stringify(BODY);

function send(
  body: Uint8Array<ArrayBuffer> | string,
  headers: Record<string, string> = { "content-type": "multipart/form-data; boundary=b" },
): Promise<unknown> {
  const request = new Request("http://secondlook.test/v1/cases", { method: "POST", headers, body });
  return readCaseParts(request, 40, new AbortController().signal).then(({ body: value }) =>
    parsePayload(value),
  );
}

/** What it is refused with; a thing that is no refusal is a defect of the edge. */
async function refusalOf(work: () => unknown): Promise<Problem | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** A refusal is a sentence of bounded length with statuses and pointers that are documented. */
async function expectHelpful(problem: Problem | undefined): Promise<void> {
  if (problem === undefined) return;
  expect([400, 413, 415, 422]).toContain(problem.status);
  expect(problem.message).toMatch(/^[A-Z\d].{20,}\.$/su);
  expect(problem.faults.length).toBeLessThanOrEqual(50);
  for (const { pointer, detail } of problem.faults) {
    expect(pointer).toMatch(/^(\/.*)?$/su);
    expect(detail).toMatch(/^[A-Z].{5,}[.”]$/su);
  }
  expect((await problemResponse(problem).text()).length).toBeLessThan(40_000);
}

/** Bytes changed, left out, doubled and put in. */
const changes = fc.array(
  fc.record({
    at: fc.nat(),
    length: fc.integer({ min: 0, max: 60 }),
    what: fc.oneof(
      fc.constant(new Uint8Array(0)),
      fc.uint8Array({ maxLength: 8 }),
      fc
        .constantFrom(
          "\r\n--b\r\n",
          "--b--",
          "\r\n\r\n",
          "\n",
          '"',
          "\\",
          "{",
          "}",
          "[[[[",
          ",",
          "\u0000",
          'content-disposition: form-data; name="case"\r\n',
          '"__proto__":1,',
          "\ufeff",
          "1e999",
          '"externalId":"x",',
          "\ud800",
          "\u202e",
          "null",
          "-0",
          '"similarity":"97",',
        )
        .map(bytesOf),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function changed(
  whole: Uint8Array<ArrayBuffer>,
  given: readonly { at: number; length: number; what: Uint8Array }[],
): Uint8Array<ArrayBuffer> {
  let bytes = whole;
  for (const { at, length, what } of given) {
    const place = at % (bytes.length + 1);
    bytes = Uint8Array.from([
      ...bytes.subarray(0, place),
      ...what,
      ...bytes.subarray(place + length),
    ]);
  }
  return bytes;
}

describe("whatever arrives is taken or refused in a sentence, never a failure of ours", () => {
  test("as a multipart body that was tampered with", async () => {
    const response = new Response(caseForm(BODY, plainFiles(BODY)));
    const type = response.headers.get("content-type") ?? "";
    const whole = new Uint8Array(await response.arrayBuffer());
    expect(await refusalOf(() => send(whole, { "content-type": type }))).toBeUndefined();
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(changes, async (given) => {
        const problem = await refusalOf(() =>
          send(changed(whole, given), { "content-type": type }),
        );
        seen.add(problem?.reason ?? "taken");
        await expectHelpful(problem);
      }),
      { numRuns: 400, seed: 303 },
    );
    // The fuzzing reaches past the first check.
    expect([...seen]).toEqual(
      expect.arrayContaining(["taken", "broken_multipart", "case_not_json", "case_invalid"]),
    );
  });

  test("as a case whose JSON was tampered with", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(changes, async (given) => {
        const problem = await refusalOf(() =>
          parsePayload(readJson(changed(bytesOf(TEXT), given))),
        );
        seen.add(problem?.reason ?? "taken");
        await expectHelpful(problem);
      }),
      { numRuns: 600, seed: 304 },
    );
    expect(seen).toContain("case_invalid");
  });

  test("as JSON of any other form, alone and in each place of a case", async () => {
    const names: readonly string[] = Object.keys(BODY);
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 5 }),
        fc.constantFrom(...names),
        async (value, name) => {
          const inPlace = JSON.stringify({ ...BODY, [name]: value });
          for (const text of [JSON.stringify(value), inPlace]) {
            await expectHelpful(await refusalOf(() => parsePayload(readJson(bytesOf(text)))));
          }
        },
      ),
      { numRuns: 300, seed: 305 },
    );
  });

  test("as headers of any kind", async () => {
    const piece = fc.constantFrom(
      "multipart/form-data",
      "multipart/mixed",
      "application/json",
      ";",
      " ",
      "=",
      '"',
      "\\",
      "boundary",
      "boundary=b",
      'boundary="b"',
      "BOUNDARY=c",
      "charset=utf-8",
      "x".repeat(80),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const headers = { "content-type": pieces.join("") };
        const part = `--b\r\ncontent-disposition: form-data; name="case"\r\n\r\n${TEXT}\r\n--b--`;
        await expectHelpful(await refusalOf(() => send(part, headers)));
      }),
      { numRuns: 400, seed: 306 },
    );
  });
});

describe("the cheapest check that can tell refuses", () => {
  const status = async (work: () => unknown): Promise<unknown> => {
    const problem = await refusalOf(work);
    return [problem?.status, problem?.reason, problem?.faults.map(({ pointer }) => pointer)];
  };
  const readText = (text: string) => () => readJson(bytesOf(text));

  test.each<[string, () => unknown, [number, string, readonly string[]]]>([
    [
      "a compressed body",
      () =>
        send("x", {
          "content-type": "multipart/form-data; boundary=b",
          "content-encoding": "gzip",
        }),
      [415, "body_encoded", []],
    ],
    [
      "a form without a boundary",
      () => send("x", { "content-type": "multipart/form-data" }),
      [400, "no_boundary", []],
    ],
    [
      "a form with two boundaries",
      () => send("x", { "content-type": "multipart/form-data; boundary=a; boundary=b" }),
      [400, "no_boundary", []],
    ],
    [
      "a form of another kind",
      () => send("x", { "content-type": "application/x-www-form-urlencoded" }),
      [415, "not_multipart", []],
    ],
    [
      "thousands of parts",
      () =>
        send(`${'--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(5000)}--b--`),
      [413, "too_many_parts", []],
    ],
    [
      "a head of a megabyte",
      () => send(`--b\r\nx: ${"y".repeat(1_000_000)}\r\n\r\n\r\n--b--`),
      [400, "broken_multipart", []],
    ],
    ["a byte order mark", readText(`\ufeff${TEXT}`), [422, "case_has_mark", [""]]],
    [
      "UTF-16",
      () =>
        readJson(
          new Uint8Array(new Uint16Array([...TEXT].map((each) => each.charCodeAt(0))).buffer),
        ),
      [422, "case_not_utf8", [""]],
    ],
    [
      "bytes that are no UTF-8",
      () => readJson(Uint8Array.of(0x22, 0xc0, 0x80, 0x22)),
      [422, "case_not_utf8", [""]],
    ],
    [
      "a surrogate in UTF-8",
      () => readJson(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)),
      [422, "case_not_utf8", [""]],
    ],
    ["a NUL between values", readText(`{\u0000"a":1}`), [422, "case_not_json", [""]]],
    [
      "lists in lists without end",
      readText(`{"evidence":${"[".repeat(500_000)}`),
      [422, "case_too_deep", [`/evidence${"/0".repeat(31)}`]],
    ],
    [
      "a list without end",
      readText(`{"candidates":[${"{},".repeat(300_000)}{}]}`),
      [422, "case_too_many_values", ["/candidates/19998"]],
    ],
    [
      "a field's name of 10 kB",
      readText(`{"subject":{"${"x".repeat(10_000)}":1}}`),
      [422, "case_name_too_long", ["/subject"]],
    ],
    [
      "a number of 10 kB",
      readText(`{"matcher":{"threshold":1${"0".repeat(10_000)}}}`),
      [422, "case_number_too_long", ["/matcher/threshold"]],
    ],
    [
      "a field named twice",
      readText(TEXT.replace('"region":', '"region":"DE","re\\u0067ion":')),
      [422, "case_named_twice", ["/region"]],
    ],
    [
      "a score named twice",
      readText(TEXT.replace('"similarity":91', '"similarity":1,"similarity":91')),
      [422, "case_named_twice", ["/candidates/1/similarity"]],
    ],
    [
      "a number beyond all numbers",
      () => parsePayload(readJson(bytesOf(TEXT.replace('"similarity":91', '"similarity":1e999')))),
      [422, "case_invalid", ["/candidates/1/similarity"]],
    ],
    [
      "a name of a megabyte",
      () => parsePayload(readJson(bytesOf(TEXT.replace("Nguyễn Văn Ánh", "á".repeat(400_000))))),
      [422, "case_invalid", ["/subject/attributes/fullName"]],
    ],
    [
      "a lone surrogate",
      () => parsePayload(readJson(bytesOf(TEXT.replace("Nguyễn Văn Ánh", "\\ud83d")))),
      [422, "case_invalid", ["/subject/attributes/fullName"]],
    ],
    [
      "a prototype",
      () =>
        parsePayload(
          readJson(bytesOf(TEXT.replace('"region":', '"__proto__":{"region":"XX"},"region":'))),
        ),
      [422, "case_invalid", ["/__proto__"]],
    ],
  ])("%s", async (_, work, expected) => {
    expect(await status(work)).toEqual(expected);
  });

  test("a body is called one where there are no parts", async () => {
    const problem = await refusalOf(() => readJson(bytesOf('{"a":1,"a":2}'), "The body"));
    expect(problem?.message).toMatch(/^The body holds JSON/);
    expect((await refusalOf(() => readJson(bytesOf("{"), "The body")))?.message).toBe(
      "The body is not JSON.",
    );
  });

  test("a refusal repeats no value of the request", async () => {
    const problem = await refusalOf(readText('{"fullName":"Ánh","fullName":"Bình"}'));
    expect(JSON.stringify([problem?.message, problem?.faults])).not.toMatch(/Ánh|Bình/);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundaryOf, MultipartError, parseMultipart } from "./multipart.ts";

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function parse(text: string, maxParts = 10): [string, string][] {
  return parseMultipart(bytesOf(text), "b", maxParts).map(({ name, bytes }) => [
    name,
    textOf(bytes),
  ]);
}

const part = (name: string, content: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;

describe("a body as the platform writes it", () => {
  test("comes apart into the same names and bytes, whatever the bytes are", async () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/);
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(fc.constantFrom(13, 10, 45, 98), { maxLength: 40 })
        .map((bytes) => Uint8Array.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, content), { minLength: 1, maxLength: 8 }),
        async (given) => {
          const form = new FormData();
          for (const [ref, bytes] of given)
            form.append(ref, new Blob([Uint8Array.from(bytes)]), ref);
          const response = new Response(form);
          const boundary = boundaryOf(response.headers.get("content-type") ?? "");
          const body = new Uint8Array(await response.arrayBuffer());
          const parts = parseMultipart(body, boundary ?? "", 20);
          expect(parts.map((each) => [each.name, [...each.bytes]])).toEqual(
            given.map(([ref, bytes]) => [ref, [...bytes]]),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test("is refused wherever it is cut off", async () => {
    const form = new FormData();
    form.append("case", new Blob(["{}"]), "case.json");
    form.append("id", new Blob([new Uint8Array(40)]), "id.jpg");
    const response = new Response(form);
    const boundary = boundaryOf(response.headers.get("content-type") ?? "") ?? "";
    const whole = new Uint8Array(await response.arrayBuffer());
    const end = textOf(whole).lastIndexOf("--");
    for (let length = 0; length < end + 2; length += 1) {
      expect(() => parseMultipart(whole.slice(0, length), boundary, 9), String(length)).toThrow(
        MultipartError,
      );
    }
  });
});

describe("a body as others write it", () => {
  test("may have text before and after, white space after a boundary, and names without quotes", () => {
    expect(
      parse("hello\r\n--b \t\r\nContent-Disposition:form-data;name=id\r\n\r\nA\r\n--b--\r\nbye"),
    ).toEqual([["id", "A"]]);
  });

  test("has parts without bytes, with and without a line between", () => {
    expect(
      parse(`${part("one", "")}--b\r\ncontent-disposition: form-data; name=two\r\n\r\n--b--`),
    ).toEqual([
      ["one", ""],
      ["two", ""],
    ]);
  });

  test("takes the part's own name, not one inside the file's", () => {
    const head =
      'content-disposition: form-data; filename="x; name=\\"evil\\"; name=evil"; name="id"';
    expect(parse(`--b\r\n${head}\r\n\r\nA\r\n--b--`)).toEqual([["id", "A"]]);
  });

  test("is not looked at beyond the parts that may be", () => {
    const body = `${part("a", "1")}${part("b", "2")}${part("c", "3")}--b--`;
    expect(parse(body, 1)).toHaveLength(2);
  });

  test.each([
    ["no boundary", "hello"],
    ["a part without a head's end", "--b\r\ncontent-disposition: form-data; name=a\r\n"],
    ["a part without a name", "--b\r\ncontent-type: text/plain\r\n\r\nA\r\n--b--"],
    [
      "an attachment instead of form data",
      '--b\r\ncontent-disposition: attachment; name="a"\r\n\r\nA\r\n--b--',
    ],
    [
      "a boundary that goes on",
      "--bb\r\ncontent-disposition: form-data; name=a\r\n\r\nA\r\n--bb--",
    ],
    [
      "a base64 part",
      "--b\r\ncontent-disposition: form-data; name=a\r\ncontent-transfer-encoding: base64\r\n\r\nQQ==\r\n--b--",
    ],
  ])("is refused for %s", (_, body) => {
    expect(() => parse(body)).toThrow(MultipartError);
  });

  test("is refused for a head that is not UTF-8", () => {
    const body = bytesOf(`${part("a?", "1")}--b--`);
    body[body.indexOf(63)] = 0xff;
    expect(() => parseMultipart(body, "b", 9)).toThrow(MultipartError);
  });
});

test.each([
  ["multipart/form-data; boundary=abc", "abc"],
  ['multipart/form-data; charset=utf-8; boundary="a b"', "a b"],
  ["Multipart/Form-Data;BOUNDARY=x", "x"],
  ["multipart/form-data", undefined],
  ["multipart/mixed; boundary=abc", undefined],
  [`multipart/form-data; boundary=${"x".repeat(71)}`, undefined],
  ["application/json", undefined],
])("the boundary of %s is %s", (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});

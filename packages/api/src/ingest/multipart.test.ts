import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundaryOf, MultipartError, parseMultipart } from "./multipart.ts";

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const atOnce = (): Promise<void> => Promise.resolve();

async function parse(text: string, maxParts = 10): Promise<[string, string][]> {
  const parts = await parseMultipart(bytesOf(text), "b", maxParts, atOnce);
  return parts.map(({ name, bytes }) => [name, textOf(bytes)]);
}

const part = (name: string, content: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;

/** A body of one part with this disposition, and whatever it brings along. */
const headed = (disposition: string): string =>
  `--b\r\ncontent-disposition: ${disposition}\r\n\r\nA\r\n--b--`;

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
          const parts = await parseMultipart(body, boundary ?? "", 20, atOnce);
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
      const cut = whole.slice(0, length);
      await expect(parseMultipart(cut, boundary, 9, atOnce), String(length)).rejects.toThrow(
        MultipartError,
      );
    }
  });
});

describe("a body as others write it", () => {
  test("may have text before and after, white space after a boundary, and names without quotes", async () => {
    expect(
      await parse(
        "hello\r\n--b \t\r\nContent-Disposition:form-data;name=id\r\n\r\nA\r\n--b--\r\nbye",
      ),
    ).toEqual([["id", "A"]]);
  });

  test("has parts without bytes, with and without a line between", async () => {
    expect(
      await parse(`${part("one", "")}--b\r\ncontent-disposition: form-data; name=two\r\n\r\n--b--`),
    ).toEqual([
      ["one", ""],
      ["two", ""],
    ]);
  });

  test("takes the part's own name, not one inside the file's", async () => {
    const head =
      'content-disposition: form-data; filename="x; name=\\"evil\\"; name=evil"; name="id"';
    expect(await parse(`--b\r\n${head}\r\n\r\nA\r\n--b--`)).toEqual([["id", "A"]]);
  });

  test("is not looked at beyond the parts that may be", async () => {
    const body = `${part("a", "1")}${part("b", "2")}${part("c", "3")}--b--`;
    expect(await parse(body, 1)).toHaveLength(2);
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
    ["a part with two names in one line", headed('form-data; name="a"; name="b"')],
    [
      "a part with two names in two lines",
      headed('form-data; name="a"\r\ncontent-disposition: form-data; name="b"'),
    ],
    ["a file's name whose quote has no end", headed('form-data; filename="x; name=evil')],
    ["a file's name in two words without quotes", headed("form-data; filename=my id.jpg; name=id")],
    ["a name over two lines", headed('form-data;\r\n name="a"')],
    ["a line without a field's name", headed('form-data; name="a"\r\njust text')],
    ["a line break of another kind in a head", headed('form-data; name="a"\nx: y')],
    ["a NUL in a name", headed('form-data; name="a\u0000b"')],
    ["an escape sequence in a name", headed('form-data; name="a\u001b[2J"')],
    ["a C1 control in a file's name", headed('form-data; name="a"; filename="\u009b31m"')],
  ])("is refused for %s", async (_, body) => {
    await expect(parse(body)).rejects.toThrow(MultipartError);
  });

  test.each([
    'form-data; name="a";',
    "form-data ; filename*=UTF-8''%C3%81.jpg; name=a",
    "FORM-DATA;NAME=a",
  ])("is taken with the head %s", async (head) => {
    expect(await parse(headed(head))).toEqual([["a", "A"]]);
  });

  test("is refused for a head that is not UTF-8", async () => {
    const body = bytesOf(`${part("a?", "1")}--b--`);
    body[body.indexOf(63)] = 0xff;
    await expect(parseMultipart(body, "b", 9, atOnce)).rejects.toThrow(MultipartError);
  });
});

describe("a body made to be slow", () => {
  const head = bytesOf('--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n');
  const MEGABYTE = 1024 * 1024;

  /** Counts how often each byte is read. */
  function counted(body: Uint8Array<ArrayBuffer>): [Uint8Array<ArrayBuffer>, () => number] {
    let reads = 0;
    const proxy = new Proxy(body, {
      get(target, key) {
        if (typeof key === "string" && /^\d+$/.test(key)) reads += 1;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    return [proxy, () => reads];
  }

  test.each(["\r", "\r\n", "\rx", "\r\n-", "\r\n--", "\r\n--a", "\r\n\r", "x"])(
    "of %j is read through about once",
    async (pattern) => {
      const plain = new Uint8Array(20_000).fill(0);
      for (let at = 0; at < plain.length; at += 1) {
        plain[at] = pattern.charCodeAt(at % pattern.length);
      }
      plain.set(head);
      const [body, reads] = counted(plain);
      await expect(parseMultipart(body, "b", 9, atOnce)).rejects.toThrow("cut off");
      expect(reads()).toBeLessThan(2.5 * plain.length);
    },
  );

  test("lets others have their turn every 4 MB", async () => {
    let turns = 0;
    const body = new Uint8Array(9 * MEGABYTE).fill(13);
    body.set(head);
    const parsing = parseMultipart(body, "b", 9, async () => {
      turns += 1;
    });
    await expect(parsing).rejects.toThrow("cut off");
    expect(turns).toBe(2);
  });

  test("has a head of 8 kB at most, and no more of it is looked at", async () => {
    const plain = new Uint8Array(200_000).fill(120);
    plain.set(bytesOf("--b\r\n"));
    const [body, reads] = counted(plain);
    await expect(parseMultipart(body, "b", 9, atOnce)).rejects.toThrow("head has no end");
    expect(reads()).toBeLessThan(20_000);
  });

  test("with a boundary across two stretches comes apart", async () => {
    for (let short = 0; short < 6; short += 1) {
      const start = head.length - 2;
      const body = new Uint8Array(start + 4 * MEGABYTE + 20);
      body.set(head);
      body.set(bytesOf("\r\n--b--"), start + 4 * MEGABYTE - short);
      const [part] = await parseMultipart(body, "b", 9, atOnce);
      expect(part?.bytes.length).toBe(4 * MEGABYTE - 2 - short);
    }
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
  ["multipart/form-data; boundary=a; boundary=b", undefined],
  ["multipart/form-data; boundary=a; Boundary=a", undefined],
  ['multipart/form-data; boundary="a', undefined],
  ["multipart/form-data; boundary=", undefined],
  ['multipart/form-data; boundary=""', undefined],
  ['multipart/form-data; boundary="a "', undefined],
  ["multipart/form-data; boundary=a\u00e9", undefined],
  ["multipart/form-data-like; boundary=a", undefined],
  ['multipart/form-data; x="; boundary=b"; boundary=a', "a"],
  [
    "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW;",
    "----WebKitFormBoundary7MA4YWxkTrZu0gW",
  ],
])("the boundary of %s is %s", (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});

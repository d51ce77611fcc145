import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonLimits, scanJson } from "./scan-json.ts";

const WIDE: JsonLimits = { depth: 40, values: 10_000, nameLength: 200, numberLength: 400 };

/** The first fault's code, or undefined. */
const codeOf = (text: string, limits: Partial<JsonLimits> = {}): string | undefined =>
  scanJson(text, { ...WIDE, ...limits })[0]?.code;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const isGrammatical = (text: string): boolean =>
  !["not_json", "cut_off"].includes(codeOf(text) ?? "");

describe("what is JSON", () => {
  test("is what the platform says, for whatever it writes itself", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, "\t"), (text, space) => {
        const spaced = JSON.stringify(JSON.parse(text), null, space);
        expect(isGrammatical(text)).toBe(true);
        expect(isGrammatical(spaced)).toBe(true);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("is what the platform says, for JSON with a character changed, put in or left out", () => {
    const characters = Array.from(
      '{}[]:,"\\ \n\t\r0123456789+-.eEutrfalsn/x\u0000\u0085\u2028\ufeffé',
    );
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom("", ...characters), fc.boolean()), {
          minLength: 1,
          maxLength: 3,
        }),
        (text, changes) => {
          let changed = text;
          for (const [place, character, replaces] of changes) {
            const at = place % (changed.length + 1);
            changed = changed.slice(0, at) + character + changed.slice(at + (replaces ? 1 : 0));
          }
          expect(isGrammatical(changed), JSON.stringify(changed)).toBe(isJson(changed));
        },
      ),
      { numRuns: 3000, seed: 2 },
    );
  });

  test("is what the platform says, for tokens in any order", () => {
    const token = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      '"a"',
      '"b"',
      '"\\u0061"',
      '"\\x"',
      '"\\u12"',
      '"',
      "0",
      "-0",
      "01",
      "-",
      "1.",
      "1e5",
      "1e",
      ".5",
      "+1",
      "true",
      "tru",
      "null",
      " ",
      "NaN",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 9 }), (tokens) => {
        const text = tokens.join("");
        expect(isGrammatical(text), JSON.stringify(text)).toBe(isJson(text));
      }),
      { numRuns: 5000, seed: 3 },
    );
  });

  test.each(["", " ", "{", '{"a"', '{"a":', "[1,", '"a', '"\\', '"\\u00', "tru", "-"])(
    "%j ends before it is complete",
    (text) => {
      expect(codeOf(text)).toBe("cut_off");
    },
  );

  test.each([
    ["{'a':1}", 1],
    ["[1,]", 3],
    ['{"a":1,}', 7],
    ["[1 2]", 3],
    ["1 1", 2],
    ["\ufeff1", 0],
    ['"\t"', 1],
    ["/* x */1", 0],
    ["trúe", 0],
  ])("%j is none, at %i", (text, at) => {
    expect(scanJson(text, WIDE)).toEqual([expect.objectContaining({ code: "not_json", at })]);
  });
});

describe("a field that is named twice", () => {
  const twice = (text: string): unknown => scanJson(text, WIDE).map(({ path }) => path);

  test("is found wherever it is, however the name is written", () => {
    expect(twice('{"a":1,"b":{"x":1,"x":2},"c":[{"y":1},{"y":1,"\\u0079":2}],"a":3}')).toEqual([
      ["b", "x"],
      ["c", 1, "y"],
      ["a"],
    ]);
    expect(twice('{"__proto__":1,"__proto__":2}')).toEqual([["__proto__"]]);
    expect(twice('{"toString":1,"constructor":2,"é":1,"e\u0301":2}')).toEqual([]);
  });

  test("is found in whatever has one and in nothing else", () => {
    const names = fc.array(fc.constantFrom("a", "b", "c", "__proto__", ""), { maxLength: 5 });
    fc.assert(
      fc.property(names, (given) => {
        const text = `{${given.map((name) => `${JSON.stringify(name)}:[{}]`).join(",")}}`;
        expect(scanJson(text, WIDE).length).toBe(given.length - new Set(given).size);
      }),
      { seed: 4 },
    );
  });

  test("is told fifty times at most", () => {
    expect(scanJson(`{${'"a":1,'.repeat(500)}"a":1}`, WIDE)).toHaveLength(50);
  });
});

describe("limits", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

  test("of depth: the value that is too deep is pointed at, and the rest is not looked at", () => {
    expect(codeOf(nested(40))).toBeUndefined();
    expect(scanJson(`{"a":[1,${nested(1_000_000)}`, { ...WIDE, depth: 3 })).toEqual([
      { code: "too_deep", path: ["a", 1, 0], at: 9 },
    ]);
    expect(codeOf(`${'{"a":'.repeat(100_000)}1`)).toBe("too_deep");
  });

  test("of values: lists and objects count too", () => {
    expect(codeOf("[1,{},[2]]", { values: 5 })).toBeUndefined();
    expect(scanJson("[1,{},[2,3]]", { ...WIDE, values: 5 })).toEqual([
      { code: "too_many_values", path: [2, 1], at: 9 },
    ]);
  });

  test("of names and numbers, by their holder and their value", () => {
    const limits = { nameLength: 3, numberLength: 5 };
    expect(codeOf('{"abc":12345}', limits)).toBeUndefined();
    expect(scanJson('{"x":{"abcd":1}}', { ...WIDE, ...limits })).toEqual([
      expect.objectContaining({ code: "name_too_long", path: ["x"] }),
    ]);
    expect(scanJson('{"x":[0,-1.5e77]}', { ...WIDE, ...limits })).toEqual([
      expect.objectContaining({ code: "number_too_long", path: ["x", 1] }),
    ]);
  });
});

import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromUtf8 } from "./bytes.ts";
import { CanonicalError, canonicalBytes, canonicalJson } from "./canonical.ts";

/** The RFC 8785 author's inputs, written anew; the hashes are those of his published outputs. */
const PUBLISHED = [
  {
    name: "arrays",
    input: String.raw`[56,{"d":true,"10":null,"1":[]}]`,
    sha256: "099601b171cafed97c333f8878d68e7f8c8f795412adb34b2fdcf0e7c7beac42",
  },
  {
    name: "french",
    input: String.raw`{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}`,
    sha256: "d99d0ebdcb0033cb858cfa830ae46bc0fb3309413b271f1da828c89901a27ed5",
  },
  {
    name: "structures",
    input: String.raw`{"1":{"f":{"f":"hi","F":5},"\n":56.0},"10":{},"":"empty","a":{},"111":[{"e":"yes","E":"no"}],"A":{}}`,
    sha256: "605f65004ec2db7692522a0852c22f1c989e036d547e88963d1a3143cf3195d5",
  },
  {
    name: "unicode",
    input: String.raw`{"Unnormalized Unicode":"A\u030a"}`,
    sha256: "0d99aad92a125196ff887876643fd3206786a84ddce2cee52ba4ad256d2381d3",
  },
  {
    name: "values",
    input: String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    sha256: "2d5e01a318d0f0879ab568c4be289c8b1f64ef8921a53c6277d5e069978baacb",
  },
  {
    name: "weird",
    input: String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\u000a":"Newline","1":"One","\u0080":"Control\u007f","\ud83d\ude02":"Smiley","\u00f6":"Latin Small Letter O With Diaeresis","\ufb33":"Hebrew Letter Dalet With Dagesh","</script>":"Browser Challenge"}`,
    sha256: "6af595a9aa80110b964b4de3f82a05fa6ae7423005019bacfa2620dddc4e94d1",
  },
] as const;

describe("canonicalJson", () => {
  test.each(PUBLISHED)("gives the published RFC 8785 output: $name", ({ input, sha256 }) => {
    const output = canonicalJson(JSON.parse(input));
    expect(createHash("sha256").update(output).digest("hex")).toBe(sha256);
  });

  test("does not depend on the order in which fields were written", () => {
    expect(canonicalJson({ b: 1, a: [{ d: 2, c: 3 }] })).toBe('{"a":[{"c":3,"d":2}],"b":1}');
  });

  test("is a fixed point: reading it back and writing it again gives the same text", () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: "medium" }), (value) => {
        fc.pre(JSON.stringify(value).isWellFormed() && wellFormed(value));
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test("keeps composed and decomposed letters apart", () => {
    expect(canonicalJson("\u00c5")).not.toBe(canonicalJson("A\u030a"));
  });

  test("keeps a line break inside a value on one line, so that no value can forge a second leaf", () => {
    expect(canonicalJson({ a: 'x\n{"b":1}' })).toBe(String.raw`{"a":"x\n{\"b\":1}"}`);
  });

  test("writes a field called __proto__ like any other", () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"x":2}}'))).toBe(
      '{"__proto__":{"x":2},"b":1}',
    );
  });

  test.each([
    ["a number that is not finite", Number.POSITIVE_INFINITY],
    ["undefined in a field", { a: undefined }],
    ["a hole in an array", Object.assign([], { length: 2 })],
    ["a big integer", 1n],
    ["a function", () => 1],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["a lone surrogate", "\ud800"],
    ["a lone surrogate in a key", { "\udc00": 1 }],
  ])("refuses %s", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(CanonicalError);
  });

  test("refuses what is nested without end instead of running out of stack", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => canonicalJson(loop)).toThrow("nested deeper than 64 levels");
  });
});

describe("canonicalBytes", () => {
  test("writes UTF-8", () => {
    expect(fromUtf8(canonicalBytes({ b: "é", a: -3 }))).toBe('{"a":-3,"b":"é"}');
  });

  test.each([
    ["null", null],
    ["a fraction", 0.5],
    ["minus zero", -0],
    ["1e21", 1e21],
    ["2^53", 2 ** 53],
    ["a lone surrogate", "\ud83d"],
  ])("refuses %s and names the field, not the value", (_, value) => {
    expect(() => canonicalBytes({ a: { "b/c": value } })).toThrow(/^\/a\/b~1c is|^\/a\/b~1c holds/);
  });
});

function wellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, item]) => key.isWellFormed() && wellFormed(item));
}

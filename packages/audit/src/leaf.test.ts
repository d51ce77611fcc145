import { describe, expect, test } from "vitest";
import { fromUtf8, toHex, utf8 } from "./bytes.ts";
import { canonicalJson } from "./canonical.ts";
import { encodeEvent } from "./event.ts";
import { LeafError, parseLeaf } from "./leaf.ts";
import { leafHash } from "./merkle.ts";
import { event } from "../test-support/events.ts";
import { LEAF_HASHES, LEAVES } from "../test-support/vectors.ts";

const WHOLE = event(1, {
  kind: "judgement.seal",
  outcome: "allowed",
  case: "cas_1",
  cycle: 1,
  round: "first",
  fence: 1,
  candidate: "cnd_1",
  rating: 1,
});
const BYTES = encodeEvent(WHOLE);
const TEXT = fromUtf8(BYTES) ?? "";

test("our vector leaves are canonical and have the published hashes", () => {
  for (const [index, leaf] of LEAVES.entries()) {
    expect(canonicalJson(JSON.parse(leaf))).toBe(leaf);
    expect(toHex(leafHash(utf8(leaf)))).toBe(LEAF_HASHES[index]);
  }
  expect(LEAVES.map((leaf) => utf8(leaf).length)).toEqual([224, 371, 291]);
});

test("a leaf reads back as the event it was", () => {
  expect(parseLeaf(BYTES)).toEqual(WHOLE);
});

describe("what is not a leaf", () => {
  const swapped = TEXT.replace(
    '"kind":"judgement.seal","outcome":"allowed"',
    '"outcome":"allowed","kind":"judgement.seal"',
  );
  test.each([
    ["nothing", "", "size"],
    ["one byte", "1", "size"],
    ["16,385 bytes", `${TEXT}${" ".repeat(16_385 - TEXT.length)}`, "size"],
    ["half a leaf", TEXT.slice(0, 40), "not_json"],
    ["two leaves", `${TEXT}${TEXT}`, "not_json"],
    ["no object", "[]", "schema"],
    ["an empty object", "{}", "schema"],
    ["fields in another order", swapped, "not_canonical"],
    ["as jsonb gives it back", TEXT.replaceAll(":", ": ").replaceAll(",", ", "), "not_canonical"],
    ["a final newline", `${TEXT}\n`, "not_canonical"],
    ["a byte order mark", `\ufeff${TEXT}`, "not_json"],
    ["a field twice", TEXT.replace('"cycle":1', '"cycle":2,"cycle":1'), "not_canonical"],
    ["a needless escape", TEXT.replace('"first"', String.raw`"\u0066irst"`), "not_canonical"],
    ["1.0", TEXT.replace('"rating":1', '"rating":1.0'), "not_canonical"],
    ["1e0", TEXT.replace('"rating":1', '"rating":1e0'), "not_canonical"],
    ["-0", TEXT.replace('"rating":1', '"rating":-0'), "not_canonical"],
    ["1e21", TEXT.replace('"rating":1', '"rating":1e+21'), "not_canonical"],
    ["a fraction", TEXT.replace('"rating":1', '"rating":0.5'), "not_canonical"],
    ["null", TEXT.replace('"rating":1', '"rating":null'), "not_canonical"],
    ["a lone surrogate", TEXT.replace('"first"', String.raw`"\ud800"`), "not_canonical"],
    ["__proto__", TEXT.replace('{"actor"', '{"__proto__":{},"actor"'), "schema"],
    ["a rating out of range", TEXT.replace('"rating":1', '"rating":9'), "schema"],
    ["an unknown field", TEXT.replace('"v":1', '"v":1,"w":1'), "schema"],
  ])("%s", (_, text, code) => {
    expect(text).not.toBe(TEXT);
    const parse = () => parseLeaf(utf8(text));
    expect(parse).toThrow(LeafError);
    expect(parse).toThrow(expect.objectContaining({ code }));
  });

  test("bytes that are not UTF-8", () => {
    const broken = BYTES.slice();
    broken[broken.length - 3] = 0xff;
    expect(() => parseLeaf(broken)).toThrow(expect.objectContaining({ code: "not_utf8" }));
  });
});

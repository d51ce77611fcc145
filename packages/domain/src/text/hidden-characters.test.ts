import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { textSchema } from "../ingest/fields.ts";
import { textParts, visibleText } from "./hidden-characters.ts";

const joined = (text: string): string =>
  textParts(text)
    .map((part) => part.text)
    .join("");

describe("what can't be seen is shown", () => {
  test.each([
    ["evil\u202egpj.exe", "evil⟨RLO⟩gpj.exe"],
    ["a\u2066b\u2069c\u2068d", "a⟨LRI⟩b⟨PDI⟩c⟨FSI⟩d"],
    ["\u202a\u202b\u202c\u202d", "⟨LRE⟩⟨RLE⟩⟨PDF⟩⟨LRO⟩"],
    ["An\u200bna", "An⟨ZWSP⟩na"],
    ["An\u200cna\u200d", "An⟨ZWNJ⟩na⟨ZWJ⟩"],
    ["\ufeffAnna\u2060", "⟨BOM⟩Anna⟨WJ⟩"],
    ["An\u00adna\u200e\u200f\u061c", "An⟨SHY⟩na⟨LRM⟩⟨RLM⟩⟨ALM⟩"],
    ["\u3164\u2800", "⟨HF⟩⟨blank⟩"],
    ["a\u{e0041}\ufe0f", "a⟨U+E0041⟩⟨U+FE0F⟩"],
    ["a\u001b[31m\u0000\n", "a⟨ESC⟩[31m⟨NUL⟩⟨LF⟩"],
  ])("%j as %s", (text, shown) => {
    expect(visibleText(text)).toBe(shown);
    expect(joined(text)).toBe(text);
  });

  test("with words for who does not see the sign", () => {
    expect(textParts("\u202e")).toEqual([
      { text: "\u202e", hidden: { sign: "RLO", words: "right-to-left override" } },
    ]);
    expect(textParts("\u{1d173}")[0]?.hidden).toEqual({
      sign: "U+1D173",
      words: "character U+1D173",
    });
  });
});

describe("what a script needs stays in its word", () => {
  test.each([
    ["a non-joiner in Persian", "علی\u200cرضا"],
    ["a non-joiner after a vowel mark", "مَ\u200cی"],
    ["a joiner after a virama in Sinhala", "ශ්\u200dරී"],
    ["a non-joiner after a virama in Devanagari", "क्\u200cष"],
  ])("%s", (_, text) => {
    expect(visibleText(text)).toBe(text);
    const hidden = textParts(text).filter((part) => part.hidden !== undefined);
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.every((part) => part.needed)).toBe(true);
  });

  test("a variant of an ideograph or an emoji is seen in itself, as is an emoji of several", () => {
    const emoji = ["❤\ufe0f", "👩\u200d👧\u200d👦 👨🏿\u200d🦰", "🏳\ufe0f\u200d🌈"];
    for (const text of ["葛\u{e0100}城", ...emoji]) expect(textParts(text)).toEqual([{ text }]);
  });

  test("but not at a word's end, nor between letters of another script", () => {
    expect(visibleText("علی\u200c")).toBe("علی⟨ZWNJ⟩");
    expect(visibleText("علی\u200ca")).toBe("علی⟨ZWNJ⟩a");
    expect(visibleText("a\u200d👧")).toBe("a⟨ZWJ⟩👧");
  });

  test("also where its neighbours are in other parts of the text", () => {
    const part = { text: "\u200c", hidden: { sign: "ZWNJ", words: "zero-width non-joiner" } };
    expect(textParts("\u200c", { before: "علی", after: "رضا" })).toEqual([
      { ...part, needed: true },
    ]);
    expect(textParts("\u200c", { before: "علی" })).toEqual([part]);
  });
});

test("parts joined again are the text, and nothing ignorable is left in plain ones", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      expect(joined(text)).toBe(text);
      for (const part of textParts(text)) {
        if (part.hidden === undefined)
          expect(part.text).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
      }
    }),
    { numRuns: 200, seed: 7 },
  );
});

/** Strings that break forms (minimaxir/big-list-of-naughty-strings, MIT), and names of 51 locales (CLDR). */
const folder = join(import.meta.dirname, "../../../../../shared/testdata/text");
const present = existsSync(folder);
if (!present) console.warn("Skipped: no ../shared/testdata/text beside the checkout.");
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));

describe.skipIf(!present)("strings that others collected", () => {
  test("come back whole, and what of them may be taken holds no bidi control unshown", () => {
    const strings = z.array(z.string()).parse(read("blns.json"));
    expect(strings.length).toBeGreaterThan(500);
    let taken = 0;
    for (const text of strings) {
      expect(joined(text)).toBe(text);
      expect(visibleText(text)).not.toMatch(
        /[\u202a-\u202e\u2066-\u2069\u200b\ufeff\u0000-\u001f]/u,
      );
      const parsed = textSchema(200).safeParse(text);
      if (!parsed.success) continue;
      taken += 1;
      // Byte for byte after NFC, and NFC is where it stays.
      expect(parsed.data).toBe(text.normalize("NFC"));
      expect(textSchema(200).parse(parsed.data)).toBe(parsed.data);
    }
    expect(taken).toBeGreaterThan(450);
  });

  test("names of every locale are shown as they are, but for a joiner at a word's start", () => {
    const names = namesIn(read("cldr-sample-names.json"));
    expect(names.length).toBeGreaterThan(500);
    for (const name of names) expect(textSchema(200).parse(name)).toBe(name.normalize("NFC"));
    const changed = names.filter((name) => visibleText(name) !== name);
    expect(changed.map(visibleText)).toEqual(["ایم ⟨ZWNJ⟩ډی ډیی ډیی ایس"]);
  });
});

function namesIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(namesIn);
}

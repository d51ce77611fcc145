import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareAttribute } from "./compare-attribute.ts";
import type { Romanise } from "./comparison.ts";
import { MASKED_FIELDS } from "./masked-fields.ts";

/** Enough of a table for these tests; the console brings a whole one. */
const romanise: Romanise = (text) => text.normalize("NFD").replaceAll(/[^ -~]/g, "");

function compare(field: string, probe?: string, candidate?: string) {
  return compareAttribute(field, { probe, candidate }, romanise);
}

const marked = (stretches: readonly { text: string; same: boolean }[] | undefined) =>
  stretches?.filter((each) => !each.same).map((each) => each.text);

describe("names", () => {
  it("are marked by the letters that differ, and only where few do", () => {
    const { words, marks } = compare("fullName", "Nguyen Van An", "Nguyen Van Ah");
    expect(words).toBe("differs by 1 letter");
    expect(marked(marks?.left)).toEqual(["n"]);
    expect(compare("fullName", "Jonas Weber", "Lukas Hoffmann")).toEqual({
      likeness: "different",
      words: "different",
    });
  });

  it("are the same where only accents, case or signs differ, and the marks show which", () => {
    const { likeness, words, marks } = compare(
      "fullName",
      "José García-López",
      "Jose Garcia Lopez",
    );
    expect([likeness, words]).toEqual(["same", "the same but for accents, case or signs"]);
    expect(marked(marks?.left)).toEqual(["é", "í", "-", "ó"]);
  });

  it("that share a word only are marked by words", () => {
    const { words, marks } = compare("fullName", "Tran Quoc Minh", "Vo Minh Duc");
    expect(words).toBe("1 word in common");
    expect(marked(marks?.left)).toEqual(["Tran", "Quoc"]);
    expect(marked(marks?.right)).toEqual(["Vo", "Duc"]);
  });

  it("are known in another order, and in another spelling", () => {
    expect(compare("fullName", "Nguyen Van An", "An Nguyen Van").words).toBe(
      "the same words in another order",
    );
    expect(compare("fullName", "Mohammed", "Muhamad").words).toContain("without vowels");
  });
});

describe("birth dates", () => {
  it("differ by year, month and day, and a swap is told", () => {
    expect(compare("dateOfBirth", "1988-01-09", "1988-09-01").words).toBe(
      "month and day are swapped",
    );
    expect(compare("dateOfBirth", "1988-01-09", "1988-02-11").words).toBe("month and day differ");
    const year = compare("dateOfBirth", "1988-01-09", "1987-01-09");
    expect(year.words).toBe("year differs");
    expect(marked(year.marks?.right)).toEqual(["1987"]);
    expect(compare("dateOfBirth", "1988-01-09", "1991-04-02").words).toBe("another date");
  });
});

describe("addresses", () => {
  it("differ by words, wherever they stand", () => {
    const { words, marks } = compare(
      "address",
      "12 Rue de la Paix, Paris",
      "Paris, 14 rue de la Paix",
    );
    expect(words).toBe("differs by 1 word");
    expect(marked(marks?.left)).toEqual(["12"]);
    expect(marked(marks?.right)).toEqual(["14"]);
    expect(compare("address", "Musterweg 3, Köln", "Koln Musterweg 3").words).toBe(
      "the same but for order, accents or signs",
    );
  });
});

describe("numbers", () => {
  it("may be written with other spacing", () => {
    expect(compare("phone", "+971 50 123", "+97150-123").words).toBe(
      "the same but for spacing or case",
    );
    expect(compare("payoutAccount", "DE02 1203", "DE02 1204").words).toBe("differs by 1 character");
  });
});

const FIELDS = ["fullName", "dateOfBirth", "address", "email", "documentNumber", "nationality"];
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 24 });
const field = fc.constantFrom(...FIELDS);

describe("any two values", () => {
  it("compare the same way round and back, and like themselves", () => {
    fc.assert(
      fc.property(field, text, text, (name, one, other) => {
        const there = compare(name, one, other);
        const back = compare(name, other, one);
        expect([there.likeness, there.words]).toEqual([back.likeness, back.words]);
        expect(compare(name, one, one)).toEqual({ likeness: "same", words: "the same" });
      }),
    );
  });

  it("keep every letter in their marks", () => {
    fc.assert(
      fc.property(field, text, text, (name, one, other) => {
        const { marks } = compare(name, one, other);
        if (marks === undefined) return;
        const whole = (side: typeof marks.left) => side.map((each) => each.text).join("");
        expect(whole(marks.left)).toBe(one.normalize("NFC"));
        expect(whole(marks.right)).toBe(other.normalize("NFC"));
      }),
    );
  });

  it("say nothing where one side is missing", () => {
    expect(compare("email", undefined, "a@example.org").likeness).toBe("unknown");
  });
});

it("the words on masked values tell nothing of the values", () => {
  const day = fc
    .date({ min: new Date("1930-01-01"), max: new Date("2020-01-01"), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const number = fc.string({
    unit: fc.constantFrom("A", "B", "C", "7", "8", "9"),
    minLength: 6,
    maxLength: 12,
  });
  const spoken =
    /^(the same( but for spacing or case)?|different|another date|month and day are swapped|(year|month|day)( and (month|day))? differs?|differs by \d+ characters?)$/;
  for (const name of MASKED_FIELDS) {
    const value = name === "dateOfBirth" ? day : number;
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(compare(name, one, other).words).toMatch(spoken);
      }),
    );
  }
});

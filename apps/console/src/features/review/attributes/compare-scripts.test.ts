import { compareAttribute } from "@secondlook/domain/attributes/compare-attribute";
import anyAscii from "any-ascii";
import { describe, expect, it } from "vitest";

const compare = (probe: string, candidate: string) =>
  compareAttribute("fullName", { probe, candidate }, anyAscii);

describe("names in different scripts, by the table that the console uses", () => {
  it.each([
    ["陈伟", "Wei Chen"],
    ["Иван Щербаков", "Ivan Shcherbakov"],
    ["김민준", "Gim Min Jun"],
  ])("%s and %s are the same in Latin letters", (one, other) => {
    expect(compare(one, other).words).toBe("another script; the same in Latin letters");
  });

  it.each([
    ["خالد الهاشمي", "Khaled Al-Hashmi"],
    ["عبد الرحمن", "Abdul Rahman"],
    ["אברהם", "Avraham"],
  ])("%s and %s are alike but for the vowels that are not written", (one, other) => {
    const { likeness, words, latin } = compare(one, other);
    expect([likeness, words]).toEqual([
      "close",
      "another script; alike in Latin letters but vowels",
    ]);
    expect(latin?.right.map((each) => each.text).join("")).toMatch(/^[a-z ]+$/);
  });

  it("are different where they are", () => {
    expect(compare("خالد الهاشمي", "Jonas Weber").likeness).toBe("different");
    expect(compare("陈伟", "Иван Щербаков").likeness).toBe("different");
  });

  it("a letter with a mark is told from the plain one, and no more", () => {
    expect(compare("Nguyễn Văn Đức", "Nguyen Van Duc").words).toBe(
      "the same but for accents, case or signs",
    );
    // These two sound alike and are two names.
    expect(compare("陈伟", "陈炜").words).toBe("differs by 1 letter");
  });
});

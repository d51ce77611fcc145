import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareLetters, type Stretch } from "./letter-difference.ts";

const whole = (stretches: readonly Stretch[]) => stretches.map((each) => each.text).join("");
const shared = (stretches: readonly Stretch[]) => whole(stretches.filter((each) => each.same));
const names = fc.string({ unit: "grapheme", maxLength: 24 });

describe("compareLetters", () => {
  it("marks the one letter that differs", () => {
    expect(compareLetters("Nguyen Van An", "Nguyen Van Ah")).toEqual({
      left: [
        { text: "Nguyen Van A", same: true },
        { text: "n", same: false },
      ],
      right: [
        { text: "Nguyen Van A", same: true },
        { text: "h", same: false },
      ],
      letters: 1,
    });
  });

  it("finds a letter that one side lacks without marking the rest", () => {
    const { left, right, letters } = compareLetters("Müller", "Müler");
    expect(letters).toBe(1);
    expect(left.filter((each) => !each.same)).toHaveLength(1);
    expect(right.every((each) => each.same)).toBe(true);
  });

  it("takes a letter for one however it is written", () => {
    expect(compareLetters("é", "e\u0301").letters).toBe(0);
    expect(compareLetters("👩🏽‍🦰", "👩🏽").letters).toBe(1);
  });

  it("loses no letter, shares the same text, and says nothing differs only where nothing does", () => {
    fc.assert(
      fc.property(names, names, (one, other) => {
        const { left, right, letters } = compareLetters(one, other);
        expect(whole(left)).toBe(one.normalize("NFC"));
        expect(whole(right)).toBe(other.normalize("NFC"));
        expect(shared(left)).toBe(shared(right));
        expect(letters === 0).toBe([...left, ...right].every((each) => each.same));
      }),
    );
  });
});

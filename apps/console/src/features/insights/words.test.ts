import { describe, expect, it } from "vitest";
import {
  ageWords,
  coefficientWords,
  daysWords,
  intervalWords,
  percentWords,
  secondsWords,
  shareWords,
} from "./words.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");

describe("figures in words", () => {
  it("never rounds a few to none, or all but a few to all", () => {
    expect(plain(percentWords(0))).toBe("0 %");
    expect(plain(percentWords(0.0002))).toBe("< 0.1 %");
    expect(plain(percentWords(0.1249))).toBe("12.5 %");
    expect(plain(percentWords(0.9999))).toBe("> 99.9 %");
    expect(plain(percentWords(1))).toBe("100 %");
  });

  it("says why a share is held back instead of a number", () => {
    expect(shareWords({ state: "held_back", reason: "under_30" })).toBe("fewer than 30");
    expect(shareWords({ state: "held_back", reason: "nothing" })).toBe("none yet");
  });

  it("tells an undefined coefficient from one near nought", () => {
    expect(coefficientWords({ state: "defined", value: -0.02 })).toBe("−0.02");
    expect(coefficientWords({ state: "not_defined", reason: "one_category" })).toBe(
      "not defined: all one outcome",
    );
  });

  it("writes lengths of time, ages, days and intervals", () => {
    expect(plain(secondsWords(41.7))).toBe("42 s");
    expect(plain(secondsWords(125))).toBe("2 m 05 s");
    expect(plain(secondsWords(59.7))).toBe("1 m 00 s");
    expect(plain(secondsWords(4_320))).toBe("1 h 12 m");
    expect(ageWords({ fromHours: 0, toHours: 4 })).toBe("under 4 h");
    expect(ageWords({ fromHours: 4, toHours: 24 })).toBe("4 h to 1 d");
    expect(ageWords({ fromHours: 72, toHours: null })).toBe("over 3 d");
    expect(plain(intervalWords({ low: 0.101, high: 0.15 }))).toBe("10.1–15.0 %");
    expect(daysWords("2026-11-16", "2026-11-22").replaceAll(/\s/g, "")).toBe("16–22Nov2026");
  });
});

import { describe, expect, it } from "vitest";
import { conflictsOf } from "../../lib/keyboard/bindings.ts";
import { REVIEW_KEYS } from "./keys.ts";

describe("the workbench's keys", () => {
  it("never mean two things at one moment", () => {
    expect(conflictsOf(REVIEW_KEYS)).toEqual([]);
  });

  it("take no combination of the browser's", () => {
    const keys = REVIEW_KEYS.flatMap((binding) => binding.keys);
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => /ctrl|meta|cmd|alt/i.test(key))).toEqual([]);
  });

  it("repeat only where nothing is written", () => {
    const repeating = REVIEW_KEYS.filter((binding) => binding.repeats === true);
    expect(new Set(repeating.map((binding) => binding.group))).toEqual(
      new Set(["Looking", "Comparing", "Clips"]),
    );
  });
});

import { describe, expect, it } from "vitest";
import { conflictsOf } from "./bindings.ts";

const one = { id: "one", keys: ["a"], words: "", group: "" };

describe("conflictsOf", () => {
  it("names two bindings that answer one key at the same moment", () => {
    expect(conflictsOf([one, { ...one, id: "two" }])).toEqual(["a: one and two"]);
    expect(conflictsOf([one, { ...one, id: "two", when: "decide" }])).toHaveLength(1);
  });

  it("lets different moments share a key", () => {
    const early = { ...one, when: "judge" };
    const late = { ...one, id: "two", when: "decide" };
    expect(conflictsOf([early, late])).toEqual([]);
  });
});

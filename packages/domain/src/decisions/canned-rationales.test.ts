import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cannedRationales, strayRationale, withCannedRationale } from "./canned-rationales.ts";
import { REASON_CODES } from "./reasons.ts";

describe("canned rationales", () => {
  it("are policy's where it has some, else ours, for each chosen reason", () => {
    const [first, second] = cannedRationales(["same_face", "relatives"], { same_face: ["Ears."] });
    expect(first).toBe("Ears.");
    expect(second).toMatch(/relatives/);
    for (const code of REASON_CODES) expect(cannedRationales([code], {})).toHaveLength(1);
    expect(cannedRationales(["same_face"], { same_face: [] })).toEqual([]);
  });

  it("take turns, and never replace what somebody wrote", () => {
    const canned = ["One.", "Two."];
    expect(withCannedRationale("", canned)).toBe("One.");
    expect(withCannedRationale("One.", canned)).toBe("Two.");
    expect(withCannedRationale("Two.", canned)).toBe("One.");
    expect(withCannedRationale("Mine", canned)).toBe("Mine\nOne.");
    expect(withCannedRationale("Mine\nOne.", canned)).toBe("Mine\nTwo.");
    const open = ["These agree:", "Seen in:"];
    expect(withCannedRationale("", open)).toBe("These agree: ");
    expect(withCannedRationale("These agree: ", open)).toBe("Seen in: ");
    const sentence = fc.string({ minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(sentence, fc.integer({ min: 0, max: 5 }), (mine, strokes) => {
        let text = mine;
        for (let stroke = 0; stroke < strokes; stroke += 1)
          text = withCannedRationale(text, canned);
        if (!canned.includes(mine))
          expect(text.startsWith(mine.trim() === "" ? "" : mine.trimEnd())).toBe(true);
      }),
    );
  });
});

describe("a ready-made sentence of another reason", () => {
  const mule = cannedRationales(["fronted_account"], {})[0] ?? "";

  it("is told, also after somebody finished it", () => {
    const text = `Seen twice.\n${mule} the same device`;
    expect(strayRationale(text, ["cannot_tell"], {})).toBe(mule);
    expect(strayRationale(text, ["fronted_account"], {})).toBeUndefined();
    expect(strayRationale("In my own words.", ["cannot_tell"], {})).toBeUndefined();
  });

  it("is not told where policy gives the chosen reason the same words", () => {
    const ofPolicy = { same_face: ["Ears agree:"], same_document: ["Ears agree:"] };
    expect(strayRationale("Ears agree: lobes", ["same_face"], ofPolicy)).toBeUndefined();
    expect(strayRationale("Ears agree: lobes", ["relatives"], ofPolicy)).toBe("Ears agree:");
  });
});

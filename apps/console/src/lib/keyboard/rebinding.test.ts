import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Binding, conflictsOf } from "./bindings.ts";
import { choose, type KeyChoices, rebound, soundChoices, swap } from "./rebinding.ts";

const bindings: readonly Binding[] = [
  { id: "go", keys: ["Enter"], words: "Go on", group: "", fixed: true },
  { id: "undo", keys: ["u"], words: "Undo", group: "" },
  { id: "larger", keys: ["+", "="], words: "Larger", group: "" },
  { id: "rate", keys: ["1"], words: "Rate", group: "", when: "judge" },
  { id: "alike", keys: ["z"], words: "Alike", group: "", when: "judge" },
  { id: "outcome", keys: ["1"], words: "Outcome", group: "", when: "decide" },
  { id: "write", keys: ["t"], words: "Write", group: "", when: "decide" },
];
const ids = bindings.map((binding) => binding.id);
const keys = ["u", "+", "=", "1", "z", "t", "g", "Shift+g", "Space", "Enter", "Tab", "F5"];
const wish = fc.record({ id: fc.constantFrom(...ids), key: fc.constantFrom(...keys) });

const keyOf = (id: string, choices: KeyChoices) =>
  rebound(bindings, choices).find((binding) => binding.id === id)?.keys;

describe("choosing keys", () => {
  it("gives a binding another key, and its own back", () => {
    const chosen = choose(bindings, {}, { id: "undo", key: "g" });
    expect(chosen).toEqual({ ok: true, choices: { undo: "g" } });
    expect(keyOf("undo", { undo: "g" })).toEqual(["g"]);
    expect(choose(bindings, { undo: "g" }, { id: "undo", key: "u" })).toEqual({
      ok: true,
      choices: {},
    });
  });

  it("names the binding that has the key at that moment, and offers a swap", () => {
    expect(choose(bindings, {}, { id: "undo", key: "z" })).toMatchObject({
      ok: false,
      fault: { kind: "conflict", with: { id: "alike" } },
    });
    const swapped = swap(bindings, {}, { id: "undo", key: "z" });
    expect(swapped).toEqual({ ok: true, choices: { undo: "z", alike: "u" } });
  });

  it("lets bindings of different moments share a key", () => {
    expect(choose(bindings, {}, { id: "write", key: "z" }).ok).toBe(true);
  });

  it("leaves Enter, Tab, Escape and the browser's keys alone", () => {
    for (const key of ["Enter", "Shift+Enter", "Tab", "Escape", "F5"]) {
      expect(choose(bindings, {}, { id: "undo", key }).ok).toBe(false);
    }
    expect(choose(bindings, {}, { id: "go", key: "g" }).ok).toBe(false);
  });

  it("gives its own key back without the others that it had, where one of them is taken", () => {
    const taken = { larger: "g", undo: "=" };
    expect(choose(bindings, taken, { id: "larger", key: "+" })).toEqual({
      ok: true,
      choices: { larger: "+", undo: "=" },
    });
    expect(choose(bindings, { larger: "g" }, { id: "larger", key: "+" })).toEqual({
      ok: true,
      choices: {},
    });
  });

  it("never leads into a conflict, whatever is asked for", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(wish, fc.boolean()), { maxLength: 12 }), (wishes) => {
        let choices: KeyChoices = {};
        for (const [wanted, asSwap] of wishes) {
          const result = (asSwap ? swap : choose)(bindings, choices, wanted);
          if (!result.ok) continue;
          choices = result.choices;
          expect(keyOf(wanted.id, choices)?.[0]).toBe(wanted.key);
        }
        expect(conflictsOf(rebound(bindings, choices))).toEqual([]);
        expect(keyOf("go", choices)).toEqual(["Enter"]);
        expect(soundChoices(bindings, choices)).toEqual(choices);
      }),
      { numRuns: 1_000 },
    );
  });

  it("drops stored choices that no longer fit", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...ids, "gone"), fc.constantFrom(...keys)),
        (stored) => {
          expect(conflictsOf(rebound(bindings, soundChoices(bindings, stored)))).toEqual([]);
        },
      ),
    );
  });
});

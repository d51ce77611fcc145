import fc from "fast-check";
import { expect, it } from "vitest";
import type { CaseId } from "../../../lib/contract.ts";
import { toggled } from "./selection.ts";

const list: readonly CaseId[] = ["cas_A", "cas_B", "cas_C", "cas_D", "cas_E"];
const id = fc.constantFrom(...list);
const some = fc.subarray([...list]).map((ids) => new Set(ids));

it("touching a case twice leaves the selection as it was", () => {
  fc.assert(
    fc.property(some, id, (ids, touched) => {
      const once = toggled(list, ids, { id: touched, from: null });
      expect(once.has(touched)).toBe(!ids.has(touched));
      expect(toggled(list, once, { id: touched, from: null })).toEqual(ids);
    }),
  );
});

it("a range does to all of it, in either direction, what it does to the case touched", () => {
  fc.assert(
    fc.property(some, id, id, (ids, from, to) => {
      const after = toggled(list, ids, { id: to, from });
      const [low, high] = [list.indexOf(from), list.indexOf(to)].toSorted(
        (one, other) => one - other,
      );
      for (const [at, each] of list.entries()) {
        const within = at >= (low ?? 0) && at <= (high ?? 0);
        expect(after.has(each)).toBe(within ? !ids.has(to) : ids.has(each));
      }
    }),
  );
});

it("a range from a case that is gone is the case touched alone", () => {
  expect(toggled(list, new Set(), { id: "cas_C", from: "cas_Z" })).toEqual(new Set(["cas_C"]));
});

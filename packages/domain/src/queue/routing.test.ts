import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CaseRoute, type ReviewerScope, routesTo } from "./routing.ts";

const ANY: ReviewerScope = { regions: null, languages: null, skills: [] };
const route = (change: Partial<CaseRoute> = {}): CaseRoute => ({
  region: "VN",
  languages: [],
  skills: [],
  ...change,
});

describe("a case is routed", () => {
  test.each([
    ["its own region", "VN-SG", ["VN-SG"], true],
    ["its country", "VN-SG", ["VN"], true],
    ["another country", "VN-SG", ["DE"], false],
    ["another part of its country", "VN-SG", ["VN-HN"], false],
    ["a part of it", "VN", ["VN-SG"], false],
    ["no region at all", "VN", [], false],
  ])("by region, to who has %s", (_what, region, regions, fits) => {
    expect(routesTo(route({ region }), { ...ANY, regions })).toBe(fits);
  });

  test.each([
    ["one of its languages", ["vi", "fr"], ["fr"], true],
    ["none of its languages", ["vi"], ["fr"], false],
    ["any, where it names none", [], [], true],
  ])("by language, to who reads %s", (_what, languages, own, fits) => {
    expect(routesTo(route({ languages }), { ...ANY, languages: own })).toBe(fits);
  });

  test.each([
    ["every skill asked for", ["documents", "twins"], ["twins", "documents", "clips"], true],
    ["only some of them", ["documents", "twins"], ["twins"], false],
    ["none, where none is asked for", [], [], true],
  ])("by skill, to who has %s", (_what, skills, own, fits) => {
    expect(routesTo(route({ skills }), { ...ANY, skills: own })).toBe(fits);
  });
});

test("who may do more is never sent less", () => {
  const codes = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 });
  fc.assert(
    fc.property(
      fc.record({ region: fc.constantFrom("VN", "VN-SG"), languages: codes, skills: codes }),
      fc.record({
        regions: fc.option(fc.uniqueArray(fc.constantFrom("VN", "VN-SG", "DE"))),
        languages: fc.option(codes),
        skills: codes,
      }),
      codes,
      (wanted, scope, more) => {
        const wider = {
          regions: scope.regions === null ? null : [...scope.regions, "FR"],
          languages: scope.languages === null ? null : [...scope.languages, ...more],
          skills: [...scope.skills, ...more],
        };
        if (routesTo(wanted, scope)) {
          expect(routesTo(wanted, wider)).toBe(true);
          expect(routesTo(wanted, { ...wider, regions: null, languages: null })).toBe(true);
        }
      },
    ),
  );
});

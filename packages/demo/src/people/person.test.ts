import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { castPerson, castRoles } from "../cases/cast.ts";
import { boothCapture, phoneCapture } from "./capture.ts";
import { ancestries, createPerson, createVariation, personDistance, traitNames } from "./person.ts";
import { createRandom } from "./random.ts";

const names = [
  "eastAsian",
  "southeastAsian",
  "middleEastern",
  "european",
  "african",
  "latinAmerican",
  "southAsian",
] as const;
const draw = (seed: number, index: number): ReturnType<typeof createPerson> =>
  createPerson({
    id: `p${index}`,
    random: createRandom(seed, index),
    ancestry: names[index % names.length] ?? "european",
  });

describe("a synthetic person", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(draw(3, 1)).toEqual(draw(3, 1));
    expect(draw(3, 1)).not.toEqual(draw(4, 1));
  });

  it("has every trait between -1 and 1, whatever the seed", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 50 }), (seed, index) => {
        const { traits } = draw(seed, index);
        for (const name of traitNames) expect(Math.abs(traits[name])).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it("never collides with another of the same set", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const people = Array.from({ length: 40 }, (_, i) => draw(seed, i));
        for (const [i, a] of people.entries()) {
          for (const b of people.slice(i + 1)) expect(personDistance(a, b)).toBeGreaterThan(0.25);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("keeps its traits while its pictures differ", () => {
    const person = draw(9, 2);
    const before = structuredClone(person);
    const booth = boothCapture(person, createRandom("a"), "a");
    const phone = phoneCapture(person, createRandom("b"), "b");
    expect(person).toEqual(before);
    expect(booth).not.toEqual(phone);
    expect(booth.lensDistance).toBeGreaterThan(phone.lensDistance);
  });

  it("has relatives who are near, but never the same", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0.12, 0.3, 0.4), (seed, distance) => {
        const person = draw(seed, 3);
        const relative = createVariation(person, {
          id: "r",
          random: createRandom(seed, "r"),
          distance,
        });
        const apart = personDistance(person, relative);
        expect(apart).toBeGreaterThan(distance * 0.2);
        expect(apart).toBeLessThan(distance * 0.9);
        expect(relative.marks).not.toEqual(person.marks);
      }),
      { numRuns: 60 },
    );
  });

  it("covers every ancestry", () => {
    expect(Object.keys(ancestries)).toEqual([...names]);
  });
});

describe("the demo's cast", () => {
  it("has no two people alike enough to be one, with any seed", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const people = castRoles.map((role) => castPerson(seed, role));
        for (const [i, a] of people.entries()) {
          for (const b of people.slice(i + 1)) expect(personDistance(a, b)).toBeGreaterThan(0.03);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("has twins who are nearer to each other than sisters, and sisters nearer than strangers", () => {
    const apart = (a: string, b: string): number =>
      personDistance(castPerson(7, a), castPerson(7, b));
    expect(apart("hanna", "olena")).toBeLessThan(apart("leonie", "klara"));
    expect(apart("leonie", "klara")).toBeLessThan(apart("leonie", "hanna"));
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawFacePixels } from "../pictures/draw-face.ts";
import { boothCapture, phoneCapture } from "./capture.ts";
import { personOfSet, type SetPerson } from "./people-set.ts";
import { personDistance } from "./person.ts";
import { createRandom } from "./random.ts";

const size = 40;
const setOf = (seed: number): readonly SetPerson[] =>
  Array.from({ length: size }, (_, number) => personOfSet(seed, number));

/** Distances between those who stand in this relation; "none" for those who stand in no relation. */
function distances(set: readonly SetPerson[], relation: string): number[] {
  return set.flatMap((one, i) =>
    set.slice(0, i).flatMap((other) => {
      const between = one.like?.id === other.person.id ? one.like.relation : "none";
      return between === relation ? [personDistance(one.person, other.person)] : [];
    }),
  );
}

describe("a set of people", () => {
  it("tells two pictures of one person from pictures of two, always, by what they were drawn from", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const set = setOf(seed);
        for (const [i, one] of set.entries()) {
          expect(personDistance(one.person, personOfSet(seed, i).person)).toBe(0);
          for (const other of set.slice(0, i))
            expect(personDistance(one.person, other.person)).toBeGreaterThan(0.03);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("has twins nearer than look-alikes and siblings, and these nearer than any strangers", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const set = setOf(seed);
        const twins = distances(set, "twin");
        const near = [...distances(set, "sibling"), ...distances(set, "lookalike")];
        expect([twins.length, near.length]).toEqual([4, 8]);
        expect(Math.max(...twins)).toBeLessThan(Math.min(...near));
        const strangers = set
          .filter(({ like }) => like === undefined)
          .flatMap((one, i, all) =>
            all.slice(0, i).map((other) => personDistance(one.person, other.person)),
          );
        expect(Math.max(...near)).toBeLessThan(Math.min(...strangers));
      }),
      { numRuns: 25 },
    );
  });

  it("gives everybody marks of their own: moles tell twins apart", () => {
    const set = setOf(5);
    const pairs = set.flatMap(({ person, like }) =>
      set.filter((each) => each.person.id === like?.id).map((other) => [person, other.person]),
    );
    expect(pairs).toHaveLength(12);
    for (const [one, other] of pairs) expect(one?.marks).not.toEqual(other?.marks);
  });
});

describe("a picture", () => {
  const hash = async (seed: number, take: typeof boothCapture): Promise<string> => {
    const { person } = personOfSet(seed, 1);
    const capture = take(person, createRandom("shot", seed), `shot ${seed}`);
    const { pixels } = drawFacePixels({ person, capture, width: 96, height: 120 });
    const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(pixels));
    return Buffer.from(digest).toString("hex");
  };

  it("is the same to the last bit for the same seed, and another for another", async () => {
    expect(await hash(3, boothCapture)).toBe(await hash(3, boothCapture));
    expect(await hash(3, boothCapture)).not.toBe(await hash(4, boothCapture));
    expect(await hash(3, boothCapture)).not.toBe(await hash(3, phoneCapture));
  });

  it("leaves no trace of the picture drawn before it", async () => {
    const alone = await hash(8, phoneCapture);
    await hash(9, boothCapture);
    expect(await hash(8, phoneCapture)).toBe(alone);
  });
});

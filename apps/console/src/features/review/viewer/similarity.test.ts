import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  about,
  applyTo,
  compose,
  IDENTITY,
  invert,
  normalAngle,
  type Point,
  type Similarity,
} from "./similarity.ts";

const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const point = fc.record({ x: number(50), y: number(50) });
const similarity: fc.Arbitrary<Similarity> = fc.record({
  scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
  angle: number(Math.PI),
  mirror: fc.boolean(),
  x: number(50),
  y: number(50),
});

function expectNear(one: Point, other: Point): void {
  expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeLessThan(1e-6);
}

describe("similarities", () => {
  it("compose to doing one after the other", () => {
    fc.assert(
      fc.property(similarity, similarity, point, (outer, inner, at) => {
        expectNear(applyTo(compose(outer, inner), at), applyTo(outer, applyTo(inner, at)));
      }),
    );
  });

  it("are taken back by their inverse, from either side", () => {
    fc.assert(
      fc.property(similarity, point, (s, at) => {
        expectNear(applyTo(compose(invert(s), s), at), at);
        expectNear(applyTo(s, applyTo(invert(s), at)), at);
      }),
    );
  });

  it("keep the ratio of lengths, so that no face is stretched", () => {
    fc.assert(
      fc.property(similarity, point, point, (s, one, other) => {
        const before = Math.hypot(one.x - other.x, one.y - other.y);
        const [a, b] = [applyTo(s, one), applyTo(s, other)];
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeCloseTo(before * s.scale, 6);
      }),
    );
  });

  it("leave the centre where it is when they grow or turn about it", () => {
    fc.assert(
      fc.property(
        point,
        fc.double({ min: 0.1, max: 16, noNaN: true }),
        number(9),
        (at, factor, angle) => {
          expectNear(applyTo(about(at, { factor, angle }), at), at);
        },
      ),
    );
  });

  it("turn clockwise on a screen and name angles within half a turn", () => {
    const quarter = about({ x: 0, y: 0 }, { angle: Math.PI / 2 });
    expectNear(applyTo(quarter, { x: 1, y: 0 }), { x: 0, y: 1 });
    expect(compose(quarter, compose(quarter, compose(quarter, quarter))).angle).toBeCloseTo(0);
    expect(normalAngle((3 * Math.PI) / 2)).toBeCloseTo(-Math.PI / 2);
    expect(normalAngle(-Math.PI)).toBeCloseTo(Math.PI);
    expect(invert(IDENTITY)).toEqual({ ...IDENTITY, x: -0, y: -0 });
  });
});

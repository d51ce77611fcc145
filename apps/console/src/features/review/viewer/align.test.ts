import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignPoints, pointsOfBox } from "./align.ts";
import { applyTo, type Point, type Similarity } from "./similarity.ts";

const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const point: fc.Arbitrary<Point> = fc.record({ x: number(500), y: number(500) });
const pair = fc
  .tuple(point, point)
  .filter(([one, other]) => Math.hypot(one.x - other.x, one.y - other.y) > 0.01);

function expectNear(one: Point, other: Point): void {
  expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeLessThan(1e-4);
}

function aligned(from: readonly [Point, Point], to: readonly [Point, Point]): Similarity {
  const found = alignPoints(from, to);
  if (found === undefined) throw new Error("these pairs can be aligned");
  return found;
}

describe("alignment by two points", () => {
  it("puts each point on its counterpart, whatever their distance and direction", () => {
    fc.assert(
      fc.property(pair, pair, (from, to) => {
        const s = aligned(from, to);
        expectNear(applyTo(s, from[0]), to[0]);
        expectNear(applyTo(s, from[1]), to[1]);
      }),
    );
  });

  it("never mirrors a face", () => {
    fc.assert(fc.property(pair, pair, (from, to) => !aligned(from, to).mirror));
  });

  it("finds the turn and the growth that were made", () => {
    fc.assert(
      fc.property(
        pair,
        number(3.1),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (from, angle, scale) => {
          const made: Similarity = { scale, angle, mirror: false, x: 7, y: -3 };
          const found = aligned(from, [applyTo(made, from[0]), applyTo(made, from[1])]);
          expect(found.angle).toBeCloseTo(angle, 4);
          expect(found.scale).toBeCloseTo(scale, 4);
        },
      ),
    );
  });

  it("says so where one place was clicked twice", () => {
    const once = { x: 3, y: 4 };
    expect(alignPoints([once, once], [once, { x: 9, y: 9 }])).toBeUndefined();
    expect(alignPoints([once, { x: 9, y: 9 }], [once, once])).toBeUndefined();
  });

  it("by boxes gives both faces the same middle and height, and no turn", () => {
    const to = { left: 10, top: 20, width: 40, height: 50 };
    const s = aligned(
      pointsOfBox({ left: 200, top: 100, width: 300, height: 400 }),
      pointsOfBox(to),
    );
    expect(s.angle).toBeCloseTo(0);
    expect(s.scale).toBeCloseTo(50 / 400);
    expectNear(applyTo(s, { x: 350, y: 300 }), { x: 30, y: 45 });
  });
});

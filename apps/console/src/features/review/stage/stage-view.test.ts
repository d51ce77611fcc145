import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_SCALE, panBy, RESET, type StageView, zoomAt } from "./stage-view.ts";

const part = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const factor = fc.double({ min: 0.1, max: 10, noNaN: true });
const move = fc.oneof(
  fc.record({ factor, x: part, y: part }).map(
    ({ factor: by, x, y }) =>
      (view: StageView) =>
        zoomAt(view, by, { x, y }),
  ),
  fc.record({ x: part, y: part }).map(
    ({ x, y }) =>
      (view: StageView) =>
        panBy(view, x, y),
  ),
);

describe("the stage's view", () => {
  it("keeps the point under the pointer in place while magnifying within the picture", () => {
    const point = { x: 0.2, y: -0.1 };
    const before = zoomAt(RESET, 4, { x: 0, y: 0 });
    const after = zoomAt(before, 1.5, point);
    const under = (view: StageView) => [
      (point.x - view.x) / view.scale,
      (point.y - view.y) / view.scale,
    ];
    expect(under(after)[0]).toBeCloseTo(under(before)[0] ?? Number.NaN);
    expect(under(after)[1]).toBeCloseTo(under(before)[1] ?? Number.NaN);
  });

  it("never loses the picture, whatever is done", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const view = moves.reduce((current, step) => step(current), RESET);
        const room = (view.scale - 1) / 2 + 1e-9;
        expect(view.scale).toBeGreaterThanOrEqual(1);
        expect(view.scale).toBeLessThanOrEqual(MAX_SCALE);
        expect(Math.abs(view.x)).toBeLessThanOrEqual(room);
        expect(Math.abs(view.y)).toBeLessThanOrEqual(room);
      }),
    );
  });

  it("comes back to where it began when made small again", () => {
    const near = panBy(zoomAt(RESET, 8, { x: 0.3, y: 0.3 }), 1, -1);
    expect(zoomAt(near, 1 / 8, { x: 0, y: 0 })).toEqual(RESET);
  });
});

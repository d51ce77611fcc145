import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faceCrop, faceInPicture } from "./face-crop.ts";
import { parseOrientation } from "./orientation.ts";

const picture = { width: 1000, height: 500 };

describe("the crop round a face", () => {
  it("widens the box by 40 % of its size at each side", () => {
    const box = { left: 0.4, top: 0.4, width: 0.1, height: 0.2, space: "upright" } as const;
    expect(faceCrop(box, 6, picture)).toEqual({
      area: { left: 360, top: 160, width: 180, height: 180 },
      face: { left: 40, top: 40, width: 100, height: 100 },
      isCutOff: false,
    });
  });

  it("knows where the face lies in it and in the whole, however the picture was stored", () => {
    // Upright, the face is 100 × 100 pixels from (400, 200) on; the crop starts at (360, 160).
    const upright = { left: 0.4, top: 0.4, width: 0.1, height: 0.2, space: "upright" } as const;
    // Orientation 6: stored lying on its left side, so stored x runs down and stored y to the left.
    const stored = { left: 0.4, top: 0.5, width: 0.2, height: 0.1, space: "stored" } as const;
    for (const [box, orientation] of [
      [upright, 6],
      [stored, 6],
    ] as const) {
      const crop = faceCrop(box, orientation, picture);
      if (crop === undefined) throw new Error("the box lies in the picture");
      const { face, whole } = faceInPicture(box, orientation, picture, crop.area);
      expect(whole).toEqual({
        left: expect.closeTo(0.4),
        top: expect.closeTo(0.4),
        width: expect.closeTo(0.1),
        height: expect.closeTo(0.2),
      });
      expect(face).toEqual({
        left: expect.closeTo(40 / 180),
        top: expect.closeTo(40 / 180),
        width: expect.closeTo(100 / 180),
        height: expect.closeTo(100 / 180),
      });
    }
  });

  it("is clamped where the box runs past the edge, and says that something is missing", () => {
    const box = { left: -0.1, top: 0.9, width: 0.2, height: 0.3, space: "upright" } as const;
    expect(faceCrop(box, 1, picture)).toEqual({
      area: { left: 0, top: 390, width: 180, height: 110 },
      face: { left: 0, top: 60, width: 100, height: 50 },
      isCutOff: true,
    });
  });

  it.each([
    { left: 1, top: 0.2, width: 0.2, height: 0.2 },
    { left: -0.4, top: 0.2, width: 0.4, height: 0.2 },
    { left: 0.2, top: -3, width: 0.4, height: 1 },
    { left: 0.2, top: 0.2, width: 0, height: 0.1 },
    { left: Number.NaN, top: 0.2, width: 0.1, height: 0.1 },
  ])("does not exist for a box that touches no pixel: $left $top $width $height", (box) => {
    expect(faceCrop({ ...box, space: "upright" }, 1, picture)).toBeUndefined();
  });

  it("is not called cut off for the pixel or two that detectors overshoot", () => {
    const box = { left: -0.005, top: 0.2, width: 0.2, height: 0.3, space: "upright" } as const;
    expect(faceCrop(box, 1, picture)?.isCutOff).toBe(false);
    expect(faceCrop({ ...box, left: -0.02 }, 1, picture)?.isCutOff).toBe(true);
  });

  it("always lies in the picture and has pixels, for any box and orientation", () => {
    const ratio = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          left: ratio,
          top: ratio,
          width: ratio,
          height: ratio,
          space: fc.constantFrom("stored" as const, "upright" as const),
        }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 1, max: 9000 }),
        (box, orientation, width, height) => {
          const found = faceCrop(box, parseOrientation(orientation), { width, height });
          if (!found) return;
          const { area, face } = found;
          expect(face.left).toBeGreaterThanOrEqual(0);
          expect(face.top).toBeGreaterThanOrEqual(0);
          expect(face.width).toBeGreaterThanOrEqual(1);
          expect(face.height).toBeGreaterThanOrEqual(1);
          expect(face.left + face.width).toBeLessThanOrEqual(area.width);
          expect(face.top + face.height).toBeLessThanOrEqual(area.height);
          expect(area.left).toBeGreaterThanOrEqual(0);
          expect(area.top).toBeGreaterThanOrEqual(0);
          expect(area.width).toBeGreaterThanOrEqual(1);
          expect(area.height).toBeGreaterThanOrEqual(1);
          expect(area.left + area.width).toBeLessThanOrEqual(width);
          expect(area.top + area.height).toBeLessThanOrEqual(height);
        },
      ),
    );
  });
});

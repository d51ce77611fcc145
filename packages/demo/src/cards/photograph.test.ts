import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../people/random.ts";
import { invert, photographCard, project, squareToQuad } from "./photograph.ts";

const quad = [
  [10, 12],
  [190, 20],
  [180, 130],
  [20, 120],
] as const;
const corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

describe("a photograph of a card", () => {
  it("puts the card's corners where the camera sees them", () => {
    const matrix = squareToQuad(quad);
    corners.forEach(([x, y], i) => {
      const [px, py] = project(matrix, x, y);
      expect(px).toBeCloseTo(quad[i]?.[0] ?? Number.NaN, 9);
      expect(py).toBeCloseTo(quad[i]?.[1] ?? Number.NaN, 9);
    });
  });

  it("finds back every place of the card", () => {
    const matrix = squareToQuad(quad);
    const back = invert(matrix);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (x, y) => {
          const [u, v] = project(back, ...project(matrix, x, y));
          expect(u).toBeCloseTo(x, 6);
          expect(v).toBeCloseTo(y, 6);
        },
      ),
    );
  });

  it("says where the face went: the bright square of the card is bright there", () => {
    const width = 200;
    const height = 126;
    const pixels = new Uint8Array(width * height * 3).fill(20);
    for (let y = 30; y < 70; y += 1)
      for (let x = 20; x < 60; x += 1)
        pixels.fill(250, (y * width + x) * 3, (y * width + x) * 3 + 3);
    const card = {
      width,
      height,
      pixels,
      face: { left: 0.1, top: 30 / 126, width: 0.2, height: 40 / 126 },
    };
    const shot = photographCard(
      card,
      { width: 300, height: 210, slant: 1, turn: 4, exposure: 1, glare: 0, noise: 0 },
      createRandom("shot"),
    );
    const middle =
      Math.round((shot.face.top + shot.face.height / 2) * 210) * 300 +
      Math.round((shot.face.left + shot.face.width / 2) * 300);
    expect(shot.pixels[middle * 3]).toBeGreaterThan(150);
    const beside =
      Math.round((shot.face.top + shot.face.height / 2) * 210) * 300 +
      Math.round((shot.face.left + shot.face.width * 1.4) * 300);
    expect(shot.pixels[beside * 3]).toBeLessThan(80);
  });
});

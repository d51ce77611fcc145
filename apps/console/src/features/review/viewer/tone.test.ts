import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyTone, isNeutral, NEUTRAL, type Tone, toneCurve } from "./tone.ts";

const grey = (value: number, count = 9) =>
  Uint8ClampedArray.from({ length: count * 4 }, (_, at) => (at % 4 === 3 ? 255 : value));
const size = { width: 3, height: 3 };
const tone: fc.Arbitrary<Tone> = fc.record({
  brightness: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
  contrast: fc.double({ min: -0.8, max: 1, noNaN: true }),
  gamma: fc.double({ min: 0.3, max: 3, noNaN: true }),
  saturation: fc.double({ min: 0, max: 3, noNaN: true }),
  sharpen: fc.double({ min: 0, max: 2, noNaN: true }),
});

describe("tone", () => {
  it("changes nothing while it is neutral", () => {
    const pixels = Uint8ClampedArray.from({ length: 36 }, (_, at) => (at % 4 === 3 ? 255 : at * 7));
    const before = pixels.slice();
    applyTone(pixels, size, NEUTRAL, 1);
    expect(pixels).toEqual(before);
    expect(isNeutral(NEUTRAL)).toBe(true);
    expect(isNeutral({ ...NEUTRAL, gamma: 1.1 })).toBe(false);
  });

  it("never puts a darker value above a lighter one", () => {
    fc.assert(
      fc.property(tone, (any) => {
        const curve = [...toneCurve(any)];
        expect(curve).toEqual(curve.toSorted((a, b) => a - b));
      }),
    );
  });

  it("keeps grey grey, and an even surface even, whatever is sharpened or saturated", () => {
    fc.assert(
      fc.property(tone, fc.integer({ min: 0, max: 255 }), (any, value) => {
        const pixels = grey(value);
        applyTone(pixels, size, any, 1);
        const colours = pixels.filter((_, at) => at % 4 !== 3);
        expect(Math.max(...colours) - Math.min(...colours)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("steepens an edge by sharpening and takes colour away at saturation 0", () => {
    const pixels = grey(100);
    pixels.fill(140, 16, 19);
    applyTone(pixels, size, { ...NEUTRAL, sharpen: 1 }, 1);
    expect(pixels[16]).toBe(180);
    const red = grey(0);
    red.fill(200, 0, 1);
    applyTone(red, size, { ...NEUTRAL, saturation: 0 }, 1);
    expect(red[0]).toBe(red[1]);
  });

  it("leaves what is beyond the picture transparent", () => {
    const pixels = new Uint8ClampedArray(36);
    applyTone(pixels, size, { ...NEUTRAL, brightness: 0.5, sharpen: 2 }, 1);
    expect(pixels).toEqual(new Uint8ClampedArray(36));
  });
});

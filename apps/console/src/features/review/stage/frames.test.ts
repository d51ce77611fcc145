import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameAt, timeOf } from "./frames.ts";

const clips = fc.record({
  frames: fc.integer({ min: 1, max: 3000 }),
  durationMs: fc.integer({ min: 40, max: 30_000 }),
});

describe("frames and times", () => {
  it("finds the frame again at its own time", () => {
    fc.assert(
      fc.property(clips, fc.nat(2999), (clip, wanted) => {
        const frame = wanted % clip.frames;
        expect(frameAt(clip, timeOf(clip, frame))).toBe(frame);
      }),
    );
  });

  it("stops at the first and the last frame", () => {
    const clip = { frames: 100, durationMs: 4000 };
    expect(timeOf(clip, -1)).toBe(timeOf(clip, 0));
    expect(timeOf(clip, 100)).toBe(timeOf(clip, 99));
    expect(frameAt(clip, 99)).toBe(99);
  });

  it("steps by the usual rate where the length is not known", () => {
    expect(timeOf({ frames: null, durationMs: null }, 0)).toBeCloseTo(0.02);
  });
});

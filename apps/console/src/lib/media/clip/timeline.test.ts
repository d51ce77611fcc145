import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameAt, frameGiven, lengthOf, momentOf, playOn, timelineOf } from "./timeline.ts";

/** Packets whose frames stay for these milliseconds each. */
function packets(lengths: readonly number[], from = 0) {
  let at = from;
  return lengths.map((length) => {
    const packet = { timestamp: at / 1000, duration: length / 1000 };
    at += length;
    return packet;
  });
}

const lengths = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 });

describe("a clip's timeline", () => {
  it("goes by presentation time at any and any varying rate", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 5000 }), (each, from) => {
        const frames = timelineOf(packets(each, from));
        expect(frames).toHaveLength(each.length);
        for (const [index, { start, end }] of frames.entries()) {
          expect(frameGiven(frames, start + 1e-6, index)).toBe(index);
          expect(frameGiven(frames, start, 99)).toBe(index);
          expect(end - start).toBeCloseTo((each[index] ?? 0) / 1000, 6);
          expect(frameAt(frames, start)).toBe(index);
          expect(frameAt(frames, (start + end) / 2)).toBe(index);
        }
      }),
    );
  });

  it("orders frames that a file lists in the order of decoding", () => {
    fc.assert(
      fc.property(lengths, (each) => {
        const listed = packets(each);
        expect(timelineOf(listed.toReversed())).toEqual(timelineOf(listed));
      }),
    );
  });

  it("keeps every frame of one moment: playing shows the last, steps each of them", () => {
    const frames = timelineOf([
      { timestamp: 1, duration: 0.1 },
      { timestamp: 1.000001, duration: 0.1 },
      { timestamp: 1.25, duration: 0 },
    ]);
    expect(frames).toHaveLength(3);
    expect(frameAt(frames, 0.1)).toBe(1);
    expect(frames[1]?.end).toBe(0.25);
    expect(frameGiven(frames, 0, 0)).toBe(0);
    expect(frameGiven(frames, 0, 1)).toBe(1);
    expect(frameGiven(frames, 0, 2)).toBe(0);
    expect([0, 1, 2].map((index) => momentOf(frames, index))).toEqual([0, 0, 2]);
  });

  it("stays within the clip before its start and after its end", () => {
    const frames = timelineOf(packets([40, 40, 200]));
    expect(frameAt(frames, -3)).toBe(0);
    expect(frameAt(frames, 99)).toBe(2);
    expect(frameAt([], 1)).toBe(0);
    expect(lengthOf([])).toBe(0);
  });

  it("loops round, or stops on the last frame", () => {
    const frames = timelineOf(packets([100, 100, 100]));
    const on = { seconds: 0.2, speed: 1, loop: true };
    expect(playOn(frames, 0.2, on).seconds).toBeCloseTo(0.1);
    expect(playOn(frames, 0.2, { ...on, loop: false })).toEqual({
      seconds: frames[2]?.start,
      ended: true,
    });
    expect(playOn(frames, 0, { ...on, speed: 0.5 }).seconds).toBeCloseTo(0.1);
  });
});

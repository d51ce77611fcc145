import { describe, expect, it } from "vitest";
import { boothCapture, phoneCapture } from "../people/capture.ts";
import { personOfSet } from "../people/people-set.ts";
import { createRandom } from "../people/random.ts";
import { createModel } from "./portrait.ts";

describe("a picture that is drawn once", () => {
  it("is the same as a clip's frame, though it paints only what is seen", () => {
    for (const [number, take] of [boothCapture, phoneCapture, phoneCapture].entries()) {
      const { person } = personOfSet(3, number);
      const key = `portrait ${number}`;
      const capture = take(person, createRandom("shot", key), key);
      const size = { width: 120, height: 150, fineness: 1 };
      const gaze = { x: 0.2, y: 0, blink: capture.blink };
      const once = createModel(person, capture, { ...size, once: true }).frame(capture.pose, gaze);
      const frame = createModel(person, capture, size).frame(capture.pose, gaze);
      expect(Buffer.compare(once.pixels, frame.pixels), key).toBe(0);
    }
  });
});

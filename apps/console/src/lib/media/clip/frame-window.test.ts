import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClipDecoder, DecodedFrame } from "./clip-decoder.ts";
import { openWindow } from "./frame-window.ts";
import { timelineOf } from "./timeline.ts";

const COUNT = 90;

/** A clip of frames that are as large as to allow 16 at a time, decoded from key frames on. */
function clip(options: { readonly failsAt?: number } = {}) {
  const times = timelineOf(
    Array.from({ length: COUNT }, (_, index) => ({
      timestamp: 2 + index / 30 + (index % 3) / 200,
      duration: 1 / 30,
    })),
  );
  const log = { decoded: 0, open: 0, mostOpen: 0, running: 0 };
  const decoder: ClipDecoder = {
    times,
    width: 1024,
    height: 1024,
    async *frames(from) {
      log.running += 1;
      try {
        for (const [index, time] of times.entries()) {
          if (index < from) continue;
          if (index === options.failsAt) throw new Error("the decoder gave up");
          log.decoded += 1;
          yield { seconds: time.start, draw: () => undefined };
        }
      } finally {
        log.running -= 1;
      }
    },
    close: () => undefined,
  };
  const render = ({ seconds }: DecodedFrame) => {
    log.open += 1;
    log.mostOpen = Math.max(log.mostOpen, log.open);
    return { seconds, close: () => void (log.open -= 1) };
  };
  return { window: openWindow(decoder, render), times, log };
}

describe("the window of decoded frames", () => {
  it("gives exactly the frame that was asked for, and never holds more than fit", async () => {
    const steps = fc.array(fc.integer({ min: 0, max: COUNT - 1 }), { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(steps, async (wanted) => {
        const { window, times, log } = clip();
        for (const index of wanted) {
          expect((await window.get(index)).seconds).toBe(times[index]?.start);
        }
        expect(log.mostOpen).toBeLessThanOrEqual(17);
        window.close();
        await new Promise((resolve) => setTimeout(resolve, 0));
        expect(log.open).toBe(0);
        expect(log.running).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it("steps back from memory, once it had to go back", async () => {
    const { window, log } = clip();
    await window.get(60);
    await window.get(59);
    const before = log.decoded;
    for (let index = 58; index > 50; index -= 1) await window.get(index);
    expect(log.decoded).toBe(before);
  });

  it("goes on after a frame that can't be decoded", async () => {
    const { window, times } = clip({ failsAt: 10 });
    await expect(window.get(10)).rejects.toThrow("gave up");
    expect((await window.get(3)).seconds).toBe(times[3]?.start);
    await expect(window.get(20)).resolves.toMatchObject({ seconds: times[20]?.start });
  });
});

import { describe, expect, it } from "vitest";
import { candidate, workCase } from "../../../../test-support/work-case.ts";
import { settled } from "../../../../test-support/review-desk.ts";
import { createMediaStore } from "../../../lib/media/media-store.ts";
import { openBench } from "../model/open-bench.ts";
import { prefetchPair } from "../model/prefetch.ts";
import { isPairSeen } from "./pair-seen.ts";

function mediaOf(status: number) {
  return createMediaStore({
    fetch: async () => new Response("bytes", { status }),
    open: async (bytes) => ({ bytes, sizes: [] }),
    close: () => undefined,
    refused: () => undefined,
  });
}

describe("a pair is seen", () => {
  const bench = openBench(workCase("A"));

  it("once its pictures have arrived and are not covered", async () => {
    const media = mediaOf(200);
    expect(isPairSeen(bench, media, false)).toBe(false);
    prefetchPair(media, bench.work, 0);
    expect(isPairSeen(bench, media, false)).toBe(false);
    await settled();
    expect(isPairSeen(bench, media, true)).toBe(false);
    expect(isPairSeen(bench, media, false)).toBe(true);
  });

  it("under the cover too, where words explain that there is no picture", async () => {
    const media = mediaOf(410);
    prefetchPair(media, bench.work, 0);
    await settled();
    expect(isPairSeen(bench, media, true)).toBe(true);
    const bare = workCase("B", {
      probe: { evidence: [] },
      candidates: [{ ...candidate("1"), evidence: [] }],
    });
    expect(isPairSeen(openBench(bare), mediaOf(200), true)).toBe(true);
  });
});

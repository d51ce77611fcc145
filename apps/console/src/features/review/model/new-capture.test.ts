import { describe, expect, it } from "vitest";
import { candidate, workCase } from "../../../../test-support/work-case.ts";
import { createMediaStore, type MediaStore } from "../../../lib/media/media-store.ts";
import { judgementForm } from "./bench.ts";
import { rate, toggleReason } from "./changes.ts";
import { withNewCapture } from "./new-capture.ts";
import { openBench } from "./open-bench.ts";
import { prefetchPair } from "./prefetch.ts";
import { leaseOf } from "./review-state.ts";

/** Evidence that arrived, none of which decodes, or all of it. */
async function arrived(bench: ReturnType<typeof openBench>, decodes: boolean): Promise<MediaStore> {
  const media = createMediaStore({
    fetch: async () => new Response("bytes"),
    open: async (bytes) => {
      if (!decodes) throw new Error("no picture");
      return { bytes, sizes: [] };
    },
    close: () => undefined,
    refused: () => undefined,
  });
  prefetchPair(media, bench.work, bench.position);
  await media.settled(leaseOf(bench.work).caseId);
  return media;
}

const RULES = workCase("A").rules;
const INCONCLUSIVE = { outcome: "inconclusive", route: "new_capture" };
const work = (change: Parameters<typeof workCase>[1] = {}) =>
  workCase("A", {
    rules: { ...RULES, reasonCodes: { inconclusive: ["photo_unusable", "cannot_tell"] } },
    ...change,
  });

describe("asking for a new capture", () => {
  it("says that what does not decode is broken, and fills in the rest of the way", async () => {
    const bench = rate(openBench(work()), 3);
    const asked = withNewCapture(bench, await arrived(bench, false));
    expect(judgementForm(asked, "cnd_A1")).toEqual({
      rating: 0,
      components: {},
      missing: ["evidence_broken"],
    });
    expect(asked.form).toMatchObject({ ...INCONCLUSIVE, reasons: ["photo_unusable"] });
  });

  it("says what was never sent, once however often it is asked", async () => {
    const bench = openBench(work({ candidates: [{ ...candidate("A1"), evidence: [] }] }));
    const media = await arrived(bench, true);
    const asked = withNewCapture(withNewCapture(bench, media), media);
    expect(judgementForm(asked, "cnd_A1").missing).toEqual(["evidence_missing"]);
    expect(asked.form).toMatchObject({ ...INCONCLUSIVE, reasons: ["photo_unusable"] });
  });

  it("leaves the reason to whoever sees all of it", async () => {
    const bench = toggleReason(openBench(work()), "cannot_tell");
    const asked = withNewCapture(bench, await arrived(bench, true));
    expect(judgementForm(asked, "cnd_A1")).toMatchObject({ rating: 0, missing: [] });
    expect(asked.form).toMatchObject({ ...INCONCLUSIVE, reasons: ["cannot_tell"] });
  });

  it("changes no rating that is sealed", async () => {
    const bench = openBench(work({ candidates: [candidate("A1", 2)] }));
    const asked = withNewCapture(bench, await arrived(bench, false));
    expect(asked.form.judgements).toEqual({});
    expect(asked.form).toMatchObject(INCONCLUSIVE);
  });
});

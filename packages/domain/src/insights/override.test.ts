import { describe, expect, test } from "vitest";
import type { Finding } from "../decisions/outcome.ts";
import { classifyOverride, type Override, type Recommendation } from "./override.ts";
import { BAND_EDGES, bandEdges, NO_BAND, scoreBand } from "./score-bands.ts";

describe("an override", () => {
  test.each<[Recommendation, Finding[], Override]>([
    ["same_person", ["different"], "cleared"],
    ["same_person", ["different", "different"], "cleared"],
    ["same_person", ["different", "same"], "followed"],
    ["same_person", ["unresolved", "same"], "followed"],
    ["same_person", ["unresolved", "different"], "unresolved"],
    ["different_person", ["same"], "caught"],
    ["different_person", ["unresolved", "same"], "caught"],
    ["different_person", ["different"], "followed"],
    ["different_person", ["unresolved"], "unresolved"],
    ["different_person", [], "followed"],
    ["none", ["same"], "no_recommendation"],
    ["none", ["unresolved"], "no_recommendation"],
  ])("machine %s, findings %j: %s", (recommendation, findings, override) => {
    expect(classifyOverride(recommendation, findings)).toBe(override);
  });
});

describe("score bands", () => {
  test("go from edge to edge without a gap, up to 100", () => {
    for (const [band, from] of BAND_EDGES.entries()) {
      expect(bandEdges(band)).toEqual({ from, to: BAND_EDGES[band + 1] ?? 100 });
      expect(scoreBand(from)).toBe(band);
    }
    expect(scoreBand(100)).toBe(BAND_EDGES.length - 1);
    expect(scoreBand(98.999)).toBe(BAND_EDGES.indexOf(98));
  });

  test("a score that is not disclosed has none", () => {
    expect(scoreBand(null)).toBe(NO_BAND);
    expect(bandEdges(NO_BAND)).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import {
  AGE_BANDS,
  ageBandAt,
  ageEdges,
  DUE_BANDS,
  dueBandAt,
  dueEdges,
  type Stretch,
  stretchOfAge,
  stretchOfDue,
} from "./bands.ts";

const NOW = new Date("2026-11-02T09:00:00.000Z");
const MIDNIGHT = new Date("2026-11-03T00:00:00.000Z");
const at = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

/** As Postgres has it: how many edges are not after the value. */
const bucketOf = (edges: readonly Date[], value: Date): number =>
  edges.filter((edge) => edge <= value).length;
const within = ({ from, to }: Stretch, value: Date): boolean =>
  (from === null || from <= value) && (to === null || value < to);

describe("bands of the backlog", () => {
  test.each([
    [0, "under_1h"],
    [-0.99, "under_1h"],
    [-1.01, "under_4h"],
    [-5, "under_1d"],
    [-25, "under_3d"],
    [-73, "older"],
    [-9999, "older"],
  ] as const)("what has waited since %s h is %s", (hours, band) => {
    expect(ageBandAt(bucketOf(ageEdges(NOW), at(hours)))).toBe(band);
  });

  test.each([
    [-0.01, "overdue"],
    [0, "under_1h"],
    [1, "under_4h"],
    [4, "today"],
    [14.99, "today"],
    [15, "later"],
  ] as const)("what is due in %s h is %s", (hours, band) => {
    expect(dueBandAt(bucketOf(dueEdges(NOW, MIDNIGHT), at(hours)))).toBe(band);
  });

  test("late in the evening nothing is left for today", () => {
    const edges = dueEdges(NOW, at(2));
    expect(dueBandAt(bucketOf(edges, at(3)))).toBe("under_4h");
    expect(dueBandAt(bucketOf(edges, at(4)))).toBe("later");
  });

  test("each instant is in the stretch of its own band and in no other", () => {
    for (let hours = -100; hours <= 100; hours += 0.5) {
      const value = at(hours);
      const age = ageBandAt(bucketOf(ageEdges(NOW), value));
      expect(AGE_BANDS.filter((band) => within(stretchOfAge(band, NOW), value))).toEqual([age]);
      const due = dueBandAt(bucketOf(dueEdges(NOW, MIDNIGHT), value));
      expect(DUE_BANDS.filter((band) => within(stretchOfDue(band, NOW, MIDNIGHT), value))).toEqual([
        due,
      ]);
    }
  });
});

import { expect, test } from "vitest";
import { stripOf } from "./strip.ts";

const of = (region: string, waiting: number, oldestSince: string | null) => ({
  region,
  waiting,
  beingWorked: 1,
  dueSoon: 2,
  overdue: 3,
  oldestSince,
});
const REGIONS = [
  of("DE", 4, "2026-11-02T09:00:00.000Z"),
  of("VN", 5, null),
  of("VN-SG", 6, "2026-11-01T23:00:00.000Z"),
];

test("a country takes in its subdivisions, a subdivision only itself", () => {
  expect(stripOf(REGIONS, "VN")).toEqual({
    waiting: 11,
    beingWorked: 2,
    dueSoon: 4,
    overdue: 6,
    oldestSince: "2026-11-01T23:00:00.000Z",
  });
  expect(stripOf(REGIONS, "VN-SG").waiting).toBe(6);
  expect(stripOf(REGIONS, null).waiting).toBe(15);
});

test("the oldest is what waits longest, not what came last", () => {
  expect(stripOf(REGIONS, null).oldestSince).toBe("2026-11-01T23:00:00.000Z");
});

test("a region without anything has nothing, and no oldest", () => {
  expect(stripOf(REGIONS, "FR")).toEqual({
    waiting: 0,
    beingWorked: 0,
    dueSoon: 0,
    overdue: 0,
    oldestSince: null,
  });
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { PRIORITIES } from "../ingest/case-payload.ts";
import { dueAfter, ROUTE_REASON_WORDS, ROUTE_REASONS } from "./route.ts";

const minutes = fc.integer({ min: 1, max: 100_000 });
const sla = fc.record({ urgent: minutes, high: minutes, normal: minutes, low: minutes });
const priority = fc.constantFrom(...PRIORITIES);

it("a due time goes back to what it was with the priority, whatever lay between", () => {
  fc.assert(
    fc.property(fc.integer(), sla, priority, fc.array(priority), (dueAt, policy, first, others) => {
      let due = dueAt;
      let now = first;
      for (const to of [...others, first]) {
        due = dueAfter(due, { from: now, to }, policy);
        now = to;
      }
      expect(due).toBe(dueAt);
    }),
  );
});

it("a more urgent case is due as much sooner as policy gives it less time", () => {
  const policy = { urgent: 240, high: 720, normal: 2880, low: 7200 };
  const noon = Date.parse("2026-11-02T12:00:00Z");
  expect(new Date(dueAfter(noon, { from: "normal", to: "high" }, policy)).toISOString()).toBe(
    "2026-11-01T00:00:00.000Z",
  );
});

it("every reason has its words", () => {
  expect(Object.keys(ROUTE_REASON_WORDS)).toEqual([...ROUTE_REASONS]);
});

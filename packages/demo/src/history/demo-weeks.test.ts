import { addDays } from "@secondlook/domain/insights/reporting-day";
import { describe, expect, it } from "vitest";
import { demoStaff } from "../staff.ts";
import { demoWeeksTeam, makeDemoWeeks } from "./demo-weeks.ts";

const UNTIL = "2026-11-19";
const cases = makeDemoWeeks(UNTIL);
const decisions = cases.flatMap((each) =>
  each.decisions.map((decision) => ({ ...decision, region: each.region })),
);
const by = Map.groupBy(decisions, ({ person }) => demoWeeksTeam[person] ?? "nobody");

describe("the demo's two weeks", () => {
  it("end with the day asked for, leave no day out and stay within their fourteen", () => {
    const dayOf = (milliseconds: number): string =>
      new Date(milliseconds).toISOString().slice(0, 10);
    const days = new Set(cases.map(({ receivedAt }) => dayOf(receivedAt)));
    expect([...days].toSorted()).toEqual(
      Array.from({ length: 14 }, (_, at) => addDays(UNTIL, at - 13)),
    );
    for (const { decidedAt } of decisions) expect(dayOf(decidedAt) <= UNTIL).toBe(true);
  });

  it("give each of the demo's reviewers enough decisions for figures, in their own regions", () => {
    expect(new Set(by.keys())).toEqual(new Set(demoWeeksTeam));
    for (const handle of demoWeeksTeam.filter((each) => !each.startsWith("lead"))) {
      const { regions = null } = demoStaff.find((each) => each.handle === handle) ?? {};
      const own = by.get(handle) ?? [];
      expect(own.length, handle).toBeGreaterThanOrEqual(30);
      if (regions === null) continue;
      expect(new Set(own.map(({ region }) => region)), handle).toEqual(new Set(regions));
    }
  });

  it("have nobody at two cases at once, and every round of a case by somebody else", () => {
    for (const [handle, own] of by) {
      const inOrder = own.toSorted((one, other) => one.openedAt - other.openedAt);
      for (const [at, { openedAt }] of inOrder.entries())
        expect(openedAt, handle).toBeGreaterThanOrEqual(inOrder[at - 1]?.decidedAt ?? 0);
    }
    for (const { decisions: rounds } of cases)
      expect(new Set(rounds.map(({ person }) => person)).size).toBe(rounds.length);
  });

  it("are the same for the same day, and as many as a lead can look through", () => {
    expect(makeDemoWeeks(UNTIL)).toEqual(cases);
    expect(decisions.length).toBeGreaterThan(800);
    expect(decisions.length).toBeLessThan(1_500);
    expect(new Set(cases.map(({ caseId }) => caseId)).size).toBe(cases.length);
  });
});
